#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "models/delays.hpp"
#include "models/model.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/link_ends.hpp"
#include "models/records/link_times.hpp"

/// A call over a link, and what becomes of it: the inside of records/interfaces.
namespace entrepot::models {

/// One link of a sender, at work.
template <class Side>
class Caller {
public:
    Caller(Side& side, std::size_t link, Context& context)
        : side_(side),
          number_(static_cast<std::uint16_t>(link)),
          link_(side.links.all.at(link)),
          context_(context),
          network_(context.network()),
          ends_(ends_of(side, link, network_)),
          terms_(network_.strategy.integration.of(ends_.interface)) {}

    /// A new message; nothing of it is kept if it comes through.
    void send(const Content& content) {
        const Letter letter = fresh(content);
        const Time goes = departure();
        tell(MessageStep::sent, letter, goes - context_.now());
        goes > context_.now() ? put_off(letter, Letter::Way::waits, goes) : call(letter, kNone);
    }

    /// A letter that is kept goes on.
    void go_on(std::uint32_t place) {
        using Way = Letter::Way;
        Letter letter = side_.links.letters[place];
        const Way way = std::exchange(letter.way, Way::called);
        if (way == Way::called) return call(letter, place);
        if (way == Way::returns) return attempt(letter, place);
        side_.links.letters.release(place);
        if (way == Way::through || way == Way::held_up)
            return open(letter, way == Way::held_up ? Comes::late : Comes::first);
        if (way == Way::queues) return attempt(letter, kNone);
        letter.written = context_.now();
        call(letter, kNone);
    }

    /// Whether the next message is held up on its way; how long.
    std::optional<Duration> hold_up() {
        if (terms_.overtaken <= 0) return std::nullopt;
        const auto stream = [&] { return context_.draws().at(purpose::overtaken, ends_.key, link_.hold_ups.trials); };
        if (!link_.hold_ups.one_more(terms_.overtaken, [&] { return stream().uniform(); })) return std::nullopt;
        auto draws = stream();
        draws.uniform();
        return held_up_for(terms_, draws.uniform());
    }

    /// A part of a run is held up: it comes by itself, and with what it says now.
    void come_late(const Content& content, Duration late) {
        const Letter letter = fresh(content);
        tell(MessageStep::held_up, letter, late);
        put_off(letter, Letter::Way::held_up, context_.now() + late);
    }

    /// What was keyed in is on the record.
    void note_keyed(std::uint32_t number, const Content& content) {
        tell(MessageStep::applied, letter_of(content, number));
    }

    /// What a message asks for is done, so long after it was ready.
    void note_delay(Duration took, std::uint32_t messages = 1) {
        if (link_.delays.empty()) link_.delays.resize(kDelayBins);
        link_.delays[delay_bin(took.count())] += messages;
    }

    /// After a rest of the circuit breaker: the first of those that wait is to find out.
    void probe() {
        if (!link_.breaker.open) return;
        if (link_.held.empty()) return close_breaker();
        const std::uint32_t first = link_.held.front();
        Letter& letter = side_.links.letters[first];
        if (letter.tries > 0) tell(MessageStep::retried, letter);
        if (call_fails()) {
            tell(MessageStep::failed, letter, open_for());
            return rest();
        }
        link_.held.erase(link_.held.begin());
        close_breaker();
        come_through(letter, first);
        const std::vector<std::uint32_t> waited = std::exchange(link_.held, {});
        for (const std::uint32_t place : waited) call(Letter(side_.links.letters[place]), place);
    }

    /// People have seen to it: as soon as it works, what was given up is sent once more.
    void repair(std::uint32_t number) {
        if (const auto up = down_until()) return repair_at(side_, *up, {number, number_}, context_);
        link_.noticed = false;
        answer_repair(side_, {number, !link_.dead.empty() || link_.run_is_missed}, context_);
        const std::vector<std::uint32_t> dead = std::exchange(link_.dead, {});
        for (const std::uint32_t place : dead) {
            side_.links.letters[place].tries = Letter::kRepaired;
            tell(MessageStep::repaired, side_.links.letters[place]);
            call(Letter(side_.links.letters[place]), place);
        }
        if (std::exchange(link_.run_is_missed, false)) {
            --link_.stuck;
            const Time first = std::min(link_.stuck_since, context_.now());
            Letter letter = fresh({});  // in place of the runs that were given up
            letter.tries = Letter::kRepaired;
            letter.ready = first;
            tell(MessageStep::repaired, letter);
            call(letter, kNone);
        }
    }

    /// The horizon ends, and what is stuck stays so.
    void end() {
        if (link_.stuck_since == Time{}) return;
        tell_drained(1);
        std::vector<std::uint32_t> given_up = link_.dead;
        std::ranges::sort(given_up);
        side_.links.letters.for_each([&](std::uint32_t place) {
            const Letter& letter = side_.links.letters[place];
            const bool stuck = letter.way == Letter::Way::called || letter.way == Letter::Way::returns;
            if (letter.link == number_ && stuck) tell_never_came(letter, std::ranges::binary_search(given_up, place));
        });
        if (!link_.run_is_missed) return;
        tell_never_came({{}, number_, ends_.interface, 0, link_.stuck_since, link_.stuck_since}, true);
    }

    /// Tells of the day before.
    void close_day() {
        LinkDay& today = link_.today;
        const Time to = start_of(day_of(context_.now())), from = to - sim::days{1};
        double hours = 0;
        const auto count = [&](Time stops, Time works) {
            const Duration overlap = std::min(works, to) - std::max(stops, from);
            hours += std::max(0.0, sim::in<sim::hours>(overlap));
            today.outages += works > from && works <= to;
        };
        if (terms_.uptime) {
            link_.outages.not_over(to, law(), context_.draws());
            for (const Outage& outage : link_.outages.known) count(outage.stops, outage.works);
            link_.outages.forget(to);
        }
        for_outages([&](const Happening& outage) { count(outage.from, outage.until); });
        today.hours_down = static_cast<float>(std::min(hours, 24.0));
        today.interface = static_cast<std::uint8_t>(ends_.interface);
        context_.tell(today);
        today = {};
        tell_delays(link_.delays, ends_.interface, context_);
    }

private:
    Letter letter_of(const Content& content, std::uint32_t number) const {
        const Time now = context_.now();
        return {content, number_, ends_.interface, 0, now, now, Letter::Way::called, {}, number};
    }
    Letter fresh(const Content& content) { return letter_of(content, ++link_.messages); }

    /// And how long until the next step, where that is known.
    [[gnu::always_inline]] void tell(MessageStep step, const Letter& letter, Duration ahead = {}) {
        if (context_.facts().follows_messages()) [[unlikely]]
            tell_step(letter, step, ahead, context_);
    }

    void tell_never_came(const Letter& letter, bool given_up) {
        const bool run = is_run(ends_.interface, network_.strategy.integration);
        const auto hours = [&](Time since) { return static_cast<float>(sim::in<sim::hours>(context_.now() - since)); };
        const std::uint32_t messages = run ? std::max(1U, size_of_run(side_, ends_.interface)) : 1;
        context_.tell(MessageNeverCame{
            hours(letter.ready), hours(letter.written), messages, static_cast<std::uint16_t>(day_of(letter.written)),
            static_cast<std::uint8_t>(ends_.interface), static_cast<std::uint8_t>(given_up)});
    }

    OutageTerms law() const { return {*terms_.uptime, *terms_.downtime, purpose::outage, ends_.key}; }

    /// Outages of this link that disturbances say.
    template <class F>
    void for_outages(F&& f) const {
        for (const Happening& one : side_.happenings.all) {
            const Disturbance& d = network_.disturbances[one.disturbance];
            if (is_outage_of(d, ends_.interface, ends_.at, terms_.governed)) f(one);
        }
    }

    std::optional<Time> down_until() {
        std::optional<Time> until;
        for_outages([&](const Happening& outage) {
            const bool holds = outage.from <= context_.now() && context_.now() < outage.until;
            if (holds) until = std::max(until.value_or(outage.until), outage.until);
        });
        if (!terms_.uptime) return until;
        const Outage& next = link_.outages.not_over(context_.now(), law(), context_.draws());
        if (next.stops <= context_.now()) until = std::max(until.value_or(next.works), next.works);
        return until;
    }

    void tell_drained(std::uint8_t ends_so) {
        const Duration took = context_.now() - link_.stuck_since;
        context_.tell(BacklogDrained{static_cast<float>(sim::in<sim::hours>(took)),
                                     static_cast<std::uint16_t>(day_of(link_.stuck_since)),
                                     static_cast<std::uint8_t>(ends_.interface), ends_so});
    }

    bool is_down() {
        if (context_.now() < link_.up_until) return false;
        if (down_until()) return true;
        Time until = sim::kNever;
        if (terms_.uptime) until = link_.outages.not_over(context_.now(), law(), context_.draws()).stops;
        for_outages([&](const Happening& outage) {
            if (outage.from > context_.now()) until = std::min(until, outage.from);
        });
        link_.up_until = until;
        return false;
    }

    /// One attempt.
    bool call_fails() {
        ++link_.today.calls;
        const auto uniform = [&] {
            return context_.draws().at(purpose::call, ends_.key, link_.failures.trials).uniform();
        };
        const bool bad_luck = link_.failures.one_more(terms_.failure, uniform);
        return is_down() || bad_luck;
    }

    /// The second draw of the last call, and the third.
    double luck(int which) {
        auto stream = context_.draws().at(purpose::call, ends_.key, link_.failures.trials);
        for (int i = 0; i < which; ++i) stream.uniform();
        return stream.uniform();
    }

    void call(const Letter& letter, std::uint32_t place) {
        terms_.capacity > 0 && !link_.breaker.open ? queue_up(letter, place) : attempt(letter, place);
    }

    /// It has its turn when those before it have had theirs, and takes its time: a run as long as all that it tells.
    void queue_up(Letter letter, std::uint32_t place) {
        letter.way = place == kNone ? Letter::Way::queues : Letter::Way::returns;
        const bool run = is_run(ends_.interface, network_.strategy.integration);
        if (run) letter.content[0] = size_of_run(side_, ends_.interface);
        occupy(run ? letter.content[0] : 1);
        if (place == kNone) place = side_.links.letters.take();
        side_.links.letters[place] = letter;
        send_again(side_, link_.busy_until, place, context_);
        tell(MessageStep::queued, letter, link_.busy_until - context_.now());
    }

    void occupy(std::uint32_t messages) {
        const double hours = std::max(1U, messages) / terms_.capacity;
        link_.busy_until = std::max(link_.busy_until, context_.now()) + sim::from_real<sim::hours>(hours);
    }

    void attempt(const Letter& letter, std::uint32_t place) {
        if (link_.breaker.open) {
            link_.held.push_back(keep(letter, place));
            return tell(MessageStep::rested, letter);
        }
        if (letter.tries > 0 && letter.tries != Letter::kRepaired) tell(MessageStep::retried, letter);
        const bool fails = call_fails();
        if (terms_.breaker && link_.breaker.note(fails, *terms_.breaker)) open_breaker();
        fails ? fail(letter, place) : come_through(letter, place);
    }

    void come_through(Letter letter, std::uint32_t place) {
        LinkDay& today = link_.today;
        today.at_once += letter.tries == 0;
        today.by_retry += letter.tries > 0 && letter.tries != Letter::kRepaired;
        // A run that comes through makes good for those that were given up before it.
        const Time first = link_.run_is_missed ? std::min(letter.written, link_.stuck_since) : letter.written;
        today.hours_late += static_cast<float>(sim::in<sim::hours>(context_.now() - first));
        letter.ready = std::min(letter.ready, first);
        const bool twice =
            letter.tries > 0 && !terms_.idempotent && terms_.duplicates > 0 && luck(1) < terms_.duplicates;
        if (place != kNone) {
            side_.links.letters.release(place);
            --link_.stuck;
        }
        if (std::exchange(link_.run_is_missed, false)) --link_.stuck;
        if (link_.stuck == 0 && link_.stuck_since != Time{}) {
            tell_drained(0);
            link_.stuck_since = {};
        }
        take_effect(letter);
        if (!twice || is_run(ends_.interface, network_.strategy.integration)) return;
        ++today.twice;
        open_letter(side_, letter.interface, letter.content, {Comes::again, letter.ready}, context_);
        tell(MessageStep::twice, letter);
    }

    /// When the next message goes.
    Time departure() const {
        const Time now = context_.now();
        if (terms_.batch_minute) {
            const Time today = at_minute(day_of(now), *terms_.batch_minute);
            return today >= now ? today : today + sim::days{1};
        }
        return next_beat(now, terms_.every);
    }

    /// It is on its way, and nothing has failed.
    void put_off(Letter letter, Letter::Way way, Time until) {
        letter.way = way;
        const std::uint32_t place = side_.links.letters.take();
        side_.links.letters[place] = letter;
        send_again(side_, until, place, context_);
    }

    void take_effect(const Letter& letter) {
        const auto latency = terms_.latency_median > Duration::zero() ? latency_by(terms_, luck(3)) : Duration::zero();
        const bool run = is_run(ends_.interface, network_.strategy.integration);
        const auto late = run ? std::nullopt : hold_up();  // of a run, each part by itself
        const Duration ahead = latency + late.value_or(Duration::zero());
        if (ahead <= Duration::zero()) return open(letter, Comes::first);
        tell(late ? MessageStep::held_up : MessageStep::answered, letter, ahead);
        put_off(letter, late ? Letter::Way::held_up : Letter::Way::through, context_.now() + ahead);
    }

    /// What it asks for is done.
    void open(const Letter& letter, Comes comes) {
        const bool run = comes != Comes::late && is_run(ends_.interface, network_.strategy.integration);
        const std::uint32_t all = run ? size_of_run(side_, ends_.interface) : 1;
        // What has joined the run since it was measured takes its time, too.
        if (terms_.capacity > 0 && run && all > letter.content[0]) occupy(all - letter.content[0]);
        const std::size_t kept = side_.links.letters.in_use();
        const auto takes =
            open_letter(side_, letter.interface, letter.content, {comes, letter.ready, letter.number}, context_);
        const bool in_parts = ends_.interface == InterfaceName::extract || ends_.interface == InterfaceName::gateway;
        const std::size_t late = run && in_parts ? side_.links.letters.in_use() - kept : 0;  // they come by themselves
        if (takes) note_delay(context_.now() - letter.ready + *takes, all - static_cast<std::uint32_t>(late));
        tell(terms_.keyed ? MessageStep::to_key : MessageStep::applied, letter, takes.value_or(Duration{}));
    }

    void fail(Letter letter, std::uint32_t place) {
        if (letter.tries == Letter::kRepaired) letter.tries = 0;
        if (letter.tries < Letter::kRepaired - 1) ++letter.tries;
        if (letter.tries > terms_.retries) return give_up(letter, place);
        const double jitter = terms_.jitter > 0 ? terms_.jitter * luck(2) : 0;
        const Duration wait = wait_to_retry(terms_, letter.tries, jitter);
        tell(MessageStep::failed, letter, wait);
        send_again(side_, context_.now() + wait, keep(letter, place), context_);
    }

    void give_up(const Letter& letter, std::uint32_t place) {
        ++link_.today.given_up;
        link_.today.lost += !terms_.dead_letters;
        tell(terms_.dead_letters ? MessageStep::kept : MessageStep::lost, letter);
        if (is_run(ends_.interface, network_.strategy.integration)) {
            if (place != kNone) side_.links.letters.release(place);
            if (place == kNone) ++link_.stuck;
            if (link_.run_is_missed) --link_.stuck;
            if (link_.stuck_since == Time{}) link_.stuck_since = letter.written;
            link_.run_is_missed = true;
            miss_run(side_, ends_.interface, context_);
        } else {
            link_.dead.push_back(keep(letter, place));
        }
        if (std::exchange(link_.noticed, true)) return;
        const double u = context_.draws().at(purpose::notice_of_link, ends_.key, link_.failures.trials).uniform();
        const Duration pump = network_.strategy.integration.pump;
        context_.send(headquarters_of(network_), context_.now() + std::max(noticed_after(terms_, u), pump),
                      LinkFails{number_, sender_of(side_, network_), static_cast<std::uint8_t>(ends_.interface)});
    }

    /// Keeps a letter that isn't kept yet, as it is now.
    std::uint32_t keep(const Letter& letter, std::uint32_t place) {
        if (place == kNone) {
            place = side_.links.letters.take();
            ++link_.stuck;
            if (link_.stuck_since == Time{}) link_.stuck_since = letter.written;
        }
        side_.links.letters[place] = letter;
        return place;
    }

    void open_breaker() {
        link_.breaker.open = true;
        rest();
    }
    void close_breaker() { link_.breaker = {}; }
    Duration open_for() const { return terms_.breaker.value_or(CircuitBreaker{}).open; }
    void rest() { try_at(side_, context_.now() + open_for(), number_, context_); }

    Side& side_;
    std::uint16_t number_;
    Link& link_;
    Context& context_;
    const Network& network_;
    Ends ends_;
    const Interface& terms_;
};

}  // namespace entrepot::models

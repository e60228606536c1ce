#include "viz/live/engine.hpp"

#include <algorithm>
#include <future>
#include <ranges>
#include <utility>

#include <fmt/format.h>

#include "models/network/calendar.hpp"

namespace entrepot::viz {

using models::Time;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds{33};
constexpr auto kNap = std::chrono::milliseconds{4};
/// So much is simulated between two looks at what the user wants.
constexpr sim::Duration kStretch = sim::hours{1};

}  // namespace

Engine::Engine(const scenarios::Loaded& loaded, std::vector<std::string> strategies, studies::Which which)
    : network_(std::make_unique<models::Network>(scenarios::build(loaded, strategies.front()))),
      which_(which),
      loaded_(loaded) {
    for (const std::string& strategy : strategies) {
        const std::size_t id = next_id_++;
        lanes_.push_back({id,
                          std::make_unique<Lane>(loaded, strategy, which, memory_of_one(strategies.size()), teller(id)),
                          strategy,
                          strategy,
                          {},
                          "",
                          id,
                          {}});
    }
    publish(false);
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Lane::Told Engine::teller(std::size_t id) {
    return [this, id](std::size_t hour, std::vector<Hour> places) {
        const std::scoped_lock lock(mutex_);
        hours_.push_back({id, hour, std::move(places)});
    };
}

std::size_t Engine::memory_of_one(std::size_t lanes) const {
    constexpr std::size_t kAll = std::size_t{640} << 20, kLeast = std::size_t{96} << 20;
    return std::max(kLeast, kAll / std::max<std::size_t>(1, lanes));
}

void Engine::share_memory() {
    for (const Running& one : lanes_) one.lane->recording().keep_within(memory_of_one(lanes_.size()));
}

Engine::~Engine() {
    thread_.request_stop();
    changed_.notify_all();
}

Time Engine::end() const { return models::start_of(network_->calendar.total_days()); }

void Engine::run(bool on) {
    const std::scoped_lock lock(mutex_);
    running_ = on && trouble_.empty();
    auto look = std::make_shared<Look>(*look_);  // who asks again at once hears it
    look->running = running_;
    look_ = std::move(look);
    changed_.notify_all();
}

void Engine::set_speed(double days_per_second) { speed_ = days_per_second; }

void Engine::go_to(Time moment) {
    const std::scoped_lock lock(mutex_);
    asked_.go_to = std::clamp(moment, sim::kStart, end());
    asked_.event_of.reset();
    changed_.notify_all();
}

void Engine::step(Step step, bool back, std::size_t lane) {
    const std::scoped_lock lock(mutex_);
    // Steps that come faster than they are gone add up.
    const Time now = asked_.go_to ? *asked_.go_to : heading_.value_or(look_->now);
    running_ = false;
    if (step == Step::event) {
        asked_.event_of = lane;
    } else {
        // To the next full hour or midnight, as a clock is read.
        const auto since = now.time_since_epoch();
        const auto grain = step == Step::hour ? sim::Duration{sim::hours{1}} : sim::Duration{sim::days{1}};
        const auto span = step == Step::week ? sim::Duration{sim::days{7}} : grain;
        const auto floor = since / grain * grain;
        const Time goal = back ? Time{(floor == since ? since : floor + grain) - span} : Time{floor + span};
        asked_.go_to = std::clamp(goal, sim::kStart, end());
    }
    changed_.notify_all();
}

void Engine::fork(std::size_t lane, const Onward& onward) {
    const std::scoped_lock lock(mutex_);
    running_ = false;
    asked_.fork = {lane, onward};
    changed_.notify_all();
}

void Engine::drop(std::size_t lane) {
    const std::scoped_lock lock(mutex_);
    asked_.drop = lane;
    changed_.notify_all();
}

void Engine::want(const Wanted& wanted) {
    const std::scoped_lock lock(mutex_);
    if (wanted == wanted_) return;
    wanted_ = wanted;
    wanted_anew_ = true;
    changed_.notify_all();
}

std::shared_ptr<const Look> Engine::look() const {
    const std::scoped_lock lock(mutex_);
    return look_;
}

std::vector<HourOfAll> Engine::take_hours() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(hours_, {});
}

void Engine::settle() {
    std::unique_lock lock(mutex_);
    settled_.wait(lock, [this] { return idle_ && !asked_.anything() && !wanted_anew_ && !running_; });
}

void Engine::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        Asked asked;
        bool running = false, look_again = false;
        {
            std::unique_lock lock(mutex_);
            const auto something = [this] { return running_ || asked_.anything() || wanted_anew_; };
            idle_ = !something();
            if (idle_) settled_.notify_all();
            if (!changed_.wait(lock, stop, something)) return;
            idle_ = false;
            asked = std::exchange(asked_, {});
            heading_ = asked.go_to;
            look_again = std::exchange(wanted_anew_, false);
            running = running_;
        }
        try {
            if (asked.anything()) {
                obey(asked);
            } else if (running) {
                advance();
            }
            if (look_again || asked.anything()) publish(false);
        } catch (const std::exception& error) {
            {
                const std::scoped_lock lock(mutex_);
                trouble_ = error.what();
                running_ = false;
            }
            publish(false);
        }
    }
}

/// A longer way is gone by each strategy on a thread of its own: they share nothing but the list of hours, which is
/// locked.
void Engine::all_to(Time moment) {
    const bool is_long = moment < now_ || moment > now_ + kStretch;
    std::vector<std::future<void>> others;
    for (const Running& one : lanes_ | std::views::drop(1)) {
        const auto go = [&recording = one.lane->recording(), moment] { recording.go_to(moment); };
        others.push_back(std::async(is_long ? std::launch::async : std::launch::deferred, go));
    }
    lanes_.front().lane->recording().go_to(moment);
    for (std::future<void>& other : others) other.get();
    now_ = moment;
    reached_ = std::max(reached_, now_);
}

/// Up to there any moment is gone to by a short replay.
Time Engine::known_to_all() const {
    Time known = end();
    for (const Running& one : lanes_) known = std::min(known, one.lane->recording().furthest());
    return known;
}

void Engine::obey(const Asked& asked) {
    speed_used_ = -1;  // the pace begins anew from here
    if (asked.drop && *asked.drop < lanes_.size() && lanes_[*asked.drop].forked) {
        lanes_.erase(lanes_.begin() + static_cast<std::ptrdiff_t>(*asked.drop));
    }
    if (asked.fork) add_fork(asked.fork->first, asked.fork->second);
    if (asked.drop || asked.fork) share_memory();
    if (asked.event_of) {
        studies::Recording& one = lanes_[std::min(*asked.event_of, lanes_.size() - 1)].lane->recording();
        one.step_event();
        now_ = one.now();
        reached_ = std::max(reached_, now_);
        for (const Running& other : lanes_) {
            if (&other.lane->recording() != &one) other.lane->recording().go_to(now_);
        }
    }
    if (!asked.go_to) return;
    const Time goal = *asked.go_to;
    const Time known = known_to_all();
    if (goal <= known) all_to(goal);
    // A long way that is gone for the first time is shown on the way, and left when something else is asked for.
    while (now_ != goal) {
        all_to(std::min(goal, std::max(now_, known) + sim::days{1}));
        if (Clock::now() - published_ < kBetweenLooks) continue;
        publish(true);
        const std::scoped_lock lock(mutex_);
        if (asked_.go_to || thread_.get_stop_token().stop_requested()) return;
    }
}

void Engine::add_fork(std::size_t lane, const Onward& onward) {
    if (lane >= lanes_.size()) return;
    const Running& before = lanes_[lane];
    const std::size_t id = next_id_++;
    std::vector<std::string> refused;
    try {
        // No two futures have one name, however many there were.
        Running fork{.id = id,
                     .lane = std::make_unique<Lane>(*before.lane, onward.scenario ? *onward.scenario : loaded_,
                                                    onward.strategy, memory_of_one(lanes_.size() + 1), teller(id)),
                     .name = fmt::format("{}*{}", onward.strategy, forks_ + 1),
                     .root = before.root,
                     .forked = now_,
                     .from = before.name,
                     .from_id = before.id,
                     .onward = onward};
        lanes_.push_back(std::move(fork));
        ++forks_;
    } catch (const studies::CantTakeOver& error) {
        refused = error.reasons;
    }
    const std::scoped_lock lock(mutex_);
    refused_ = refused;
}

void Engine::advance() {
    const auto wall = Clock::now();
    const double speed = speed_;
    if (speed != speed_used_ || now_ < paced_from_) {
        speed_used_ = speed;
        paced_from_ = measured_at_ = now_;
        pace_began_ = measured_ = wall;
    }
    Time due = now_ + kStretch;
    if (speed > 0) {
        const double seconds = std::chrono::duration<double>(wall - pace_began_).count();
        due = paced_from_ + sim::from_real<sim::days>(speed * seconds);
        // What was lost in a second is caught up; where more is, it is too slow for the pace, which begins anew.
        const sim::Duration second = sim::from_real<sim::days>(std::max(2.0, speed));
        if (due > now_ + second) speed_used_ = -1;
        due = std::min(due, now_ + kStretch);
    }
    if (due <= now_) {
        std::this_thread::sleep_for(kNap);
    } else {
        all_to(std::min(due, end()));
    }
    if (now_ >= end()) {
        const std::scoped_lock lock(mutex_);
        running_ = false;
    }
    const double measured = std::chrono::duration<double>(wall - measured_).count();
    if (measured > 0.5) {
        pace_ = sim::in<sim::days>(now_ - measured_at_) / measured;
        measured_ = wall;
        measured_at_ = now_;
    }
    if (Clock::now() - published_ >= kBetweenLooks || now_ >= end()) publish(false);
}

void Engine::publish(bool busy) {
    auto look = std::make_shared<Look>();
    Wanted wanted;
    {
        const std::scoped_lock lock(mutex_);
        wanted = wanted_;
    }
    for (const Running& one : lanes_) {
        look->lanes.push_back({.id = one.id,
                               .strategy = one.name,
                               .title = one.lane->network().strategy.title,
                               .runs = one.lane->network().strategy.name,
                               .forked = one.forked,
                               .from = one.from,
                               .from_id = one.from_id,
                               .root = one.root,
                               .changes = one.onward.changes,
                               .scene = one.lane->scene(wanted)});
        look->kept_bytes += one.lane->recording().kept_bytes();
    }
    look->now = now_;
    look->reached = reached_;
    look->end = end();
    look->busy = busy;
    look->pace = pace_;
    published_ = Clock::now();
    const std::scoped_lock lock(mutex_);
    if (!busy) heading_.reset();
    look->running = running_;
    look->trouble = trouble_;
    look->refused = refused_;
    look_ = std::move(look);
}

}  // namespace entrepot::viz

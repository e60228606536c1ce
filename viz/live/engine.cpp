#include "viz/live/engine.hpp"

#include <algorithm>
#include <utility>

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

Engine::Engine(const scenarios::Loaded& loaded, std::vector<std::string> strategies, Replication replication)
    : network_(std::make_unique<models::Network>(scenarios::build(loaded, strategies.front()))),
      replication_(replication) {
    for (std::size_t i = 0; i < strategies.size(); ++i) {
        lanes_.push_back(std::make_unique<Lane>(
            loaded, strategies[i], replication, [this, i](std::size_t hour, std::vector<Hour> places) {
                const std::scoped_lock lock(mutex_);
                hours_.push_back({i, hour, std::move(places)});
            }));
    }
    publish(false);
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Engine::~Engine() {
    thread_.request_stop();
    changed_.notify_all();
}

Time Engine::end() const { return models::start_of(network_->calendar.total_days()); }

void Engine::run(bool on) {
    const std::scoped_lock lock(mutex_);
    running_ = on && trouble_.empty();
    changed_.notify_all();
}

void Engine::set_speed(double days_per_second) { speed_ = days_per_second; }

void Engine::go_to(Time moment) {
    const std::scoped_lock lock(mutex_);
    asked_.go_to = std::clamp(moment, sim::kStart, end());
    asked_.forward.reset();
    changed_.notify_all();
}

void Engine::step(Step step, bool back) {
    const Time now = look()->now;
    const auto span = step == Step::hour ? sim::Duration{sim::hours{1}} : step == Step::day ? sim::days{1} : sim::days{7};
    const std::scoped_lock lock(mutex_);
    running_ = false;
    if (step == Step::event) {
        asked_.forward = step;
    } else {
        // To the next full hour or midnight, as a clock is read.
        const auto since = now.time_since_epoch();
        const auto grain = step == Step::hour ? sim::Duration{sim::hours{1}} : sim::Duration{sim::days{1}};
        const auto floor = since / grain * grain;
        const Time goal = back ? Time{(floor == since ? since : floor + grain) - span} : Time{floor + span};
        asked_.go_to = std::clamp(goal, sim::kStart, end());
    }
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
    settled_.wait(lock, [this] { return idle_ && !asked_.go_to && !asked_.forward && !wanted_anew_ && !running_; });
}

void Engine::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        Asked asked;
        bool running = false, look_again = false;
        {
            std::unique_lock lock(mutex_);
            const auto something = [this] { return running_ || asked_.go_to || asked_.forward || wanted_anew_; };
            idle_ = !something();
            if (idle_) settled_.notify_all();
            if (!changed_.wait(lock, stop, something)) return;
            idle_ = false;
            asked = std::exchange(asked_, {});
            look_again = std::exchange(wanted_anew_, false);
            running = running_;
        }
        try {
            if (asked.go_to || asked.forward) {
                obey(asked);
            } else if (running) {
                advance();
            }
            if (look_again || asked.go_to || asked.forward) publish(false);
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

void Engine::all_to(Time moment) {
    for (const auto& lane : lanes_) lane->go_to(moment);
    now_ = moment;
    reached_ = std::max(reached_, now_);
}

void Engine::obey(const Asked& asked) {
    speed_used_ = -1;  // the pace begins anew from here
    if (asked.forward) {
        // Events at one instant are one step: they are one moment of the clock.
        Time next = sim::kNever;
        for (const auto& lane : lanes_) next = std::min(next, lane->next_event());
        if (next < end()) all_to(next + sim::Duration{1});
        return;
    }
    const Time goal = *asked.go_to;
    if (goal < now_) all_to(goal);
    // A long way is shown on the way, and left when something else is asked for.
    while (now_ < goal) {
        all_to(std::min(goal, now_ + sim::days{1}));
        if (Clock::now() - published_ < kBetweenLooks) continue;
        publish(true);
        const std::scoped_lock lock(mutex_);
        if (asked_.go_to || thread_.get_stop_token().stop_requested()) return;
    }
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
        if (due > now_ + sim::days{2}) speed_used_ = -1;  // too slow for it: the pace begins anew
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
    for (const auto& lane : lanes_) {
        const models::Strategy& strategy = lane->network().strategy;
        look->lanes.push_back({strategy.name, strategy.title, "", lane->looker().scene(lane->world(), wanted)});
    }
    look->now = now_;
    look->reached = reached_;
    look->end = end();
    look->busy = busy;
    look->pace = pace_;
    published_ = Clock::now();
    const std::scoped_lock lock(mutex_);
    look->running = running_;
    look->trouble = trouble_;
    look_ = std::move(look);
}

}  // namespace entrepot::viz

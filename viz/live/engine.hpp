#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "viz/live/lane.hpp"

/// Runs replications on a thread of its own. The window asks and looks; it never waits for the simulation.
namespace entrepot::viz {

/// One strategy, as it stands.
struct LaneLook {
    std::string strategy, title;
    std::string since;  ///< of a fork: "S0 until day 140"; else empty
    Scene scene;
};

/// All strategies at one moment.
struct Look {
    std::vector<LaneLook> lanes;
    models::Time now{}, reached{}, end{};  ///< reached: how far the first pass is
    bool running = false, busy = false;    ///< busy: on the way to where it was sent
    double pace = 0;                       ///< days a second, as measured
    std::string trouble;                   ///< why it stopped for good; empty while all is well
};

enum class Step { event, hour, day, week };

class Engine {
public:
    /// The strategies of the scenario that are run side by side. The scenario must outlive the engine.
    Engine(const scenarios::Loaded& loaded, std::vector<std::string> strategies, Replication replication);
    ~Engine();

    const models::Network& network() const { return *network_; }  ///< what no strategy changes: sites, items, calendar
    const Replication& replication() const { return replication_; }

    void run(bool on);
    /// Days a second; 0: as fast as it can.
    void set_speed(double days_per_second);
    double speed() const { return speed_; }
    void go_to(models::Time moment);
    void step(Step step, bool back);
    void want(const Wanted& wanted);

    /// The newest look; never null.
    std::shared_ptr<const Look> look() const;
    /// The hours that have passed for the first time since the last call, in their order by strategy.
    std::vector<HourOfAll> take_hours();
    /// Waits until all that was asked for is done; for pictures and tests.
    void settle();

private:
    struct Asked {
        std::optional<models::Time> go_to;
        std::optional<Step> forward;
    };
    void work(const std::stop_token& stop);
    void obey(const Asked& asked);
    void advance();
    void publish(bool busy);
    void all_to(models::Time moment);
    models::Time end() const;

    std::unique_ptr<models::Network> network_;
    Replication replication_;
    std::vector<std::unique_ptr<Lane>> lanes_;

    mutable std::mutex mutex_;
    std::condition_variable_any changed_, settled_;
    Asked asked_;
    Wanted wanted_;
    bool wanted_anew_ = false, running_ = false, idle_ = false;
    std::atomic<double> speed_ = 10;
    std::shared_ptr<const Look> look_;
    std::vector<HourOfAll> hours_;
    std::string trouble_;

    // Of the thread alone.
    models::Time now_{}, reached_{}, paced_from_{};
    std::chrono::steady_clock::time_point pace_began_{}, published_{}, measured_{};
    models::Time measured_at_{};
    double pace_ = 0, speed_used_ = 0;

    std::jthread thread_;  ///< last: it ends before what it uses
};

}  // namespace entrepot::viz

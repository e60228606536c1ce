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
    std::size_t id = 0;                  ///< under which its hours are told
    std::string strategy, title;         ///< a fork's name: that of its strategy with a star and its number, "S6*2"
    std::string runs;                    ///< the strategy's own name
    std::optional<models::Time> forked;  ///< the moment at which it left another strategy's world
    std::string from;                    ///< that one
    std::size_t from_id = 0;
    std::string root;                  ///< of the scenario: that under which the world was run from its start
    std::vector<std::string> changes;  ///< of the scenario since then: "site.SE.pickers=40"
    Scene scene;
};

/// All strategies at one moment.
struct Look {
    std::vector<LaneLook> lanes;
    models::Time now{}, reached{}, end{};  ///< reached: how far the first pass is
    bool running = false, busy = false;    ///< busy: on the way to where it was sent
    double pace = 0;                       ///< days a second, as measured
    std::size_t kept_bytes = 0;            ///< of worlds kept to go back to
    std::string trouble;                   ///< why it stopped for good; empty while all is well
    std::vector<std::string> refused;      ///< why the last fork was; empty when it was not
};

/// How a world goes on from a fork: under a strategy of the scenario, or of another one.
struct Onward {
    std::string strategy;
    std::shared_ptr<const scenarios::Loaded> scenario = nullptr;  ///< null: the engine's own
    std::vector<std::string> changes = {};                        ///< in which it differs, as the user wrote them
};

enum class Step { event, hour, day, week };

class Engine {
public:
    /// The strategies of the scenario that are run side by side. The scenario must outlive the engine.
    Engine(const scenarios::Loaded& loaded, std::vector<std::string> strategies, studies::Which which);
    ~Engine();

    const models::Network& network() const { return *network_; }  ///< what no strategy changes: sites, items, calendar
    const studies::Which& which() const { return which_; }

    void run(bool on);
    /// Days a second; 0: as fast as it can.
    void set_speed(double days_per_second);
    double speed() const { return speed_; }
    void go_to(models::Time moment);
    /// To the next or the last event of a strategy (forwards only), full hour or midnight; or by a week of them.
    void step(Step step, bool back, std::size_t lane = 0);
    /// From this moment on, another future of the world of this lane, as one more lane.
    void fork(std::size_t lane, const Onward& onward);
    /// Takes a fork away.
    void drop(std::size_t lane);
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
        std::optional<std::size_t> event_of;                 ///< a lane
        std::optional<std::pair<std::size_t, Onward>> fork;  ///< of a lane
        std::optional<std::size_t> drop;
        bool anything() const { return go_to || event_of || fork || drop; }
    };
    void work(const std::stop_token& stop);
    void obey(const Asked& asked);
    void advance();
    void publish(bool busy);
    void all_to(models::Time moment);
    models::Time known_to_all() const;
    void add_fork(std::size_t lane, const Onward& onward);
    Lane::Told teller(std::size_t id);
    std::size_t memory_of_one(std::size_t lanes) const;
    void share_memory();
    models::Time end() const;

    std::unique_ptr<models::Network> network_;
    studies::Which which_;
    const scenarios::Loaded& loaded_;

    /// A lane's hours are told under its id, which no other lane ever has.
    struct Running {
        std::size_t id = 0;
        std::unique_ptr<Lane> lane;
        std::string name, root;
        std::optional<models::Time> forked;
        std::string from;
        std::size_t from_id = 0;
        Onward onward;  ///< of a fork
    };
    std::vector<Running> lanes_;
    std::size_t next_id_ = 0, forks_ = 0;

    mutable std::mutex mutex_;
    std::condition_variable_any changed_, settled_;
    Asked asked_;
    Wanted wanted_;
    bool wanted_anew_ = false, running_ = false, idle_ = false;
    std::optional<models::Time> heading_;  ///< where it is on its way to
    std::atomic<double> speed_ = 10;
    std::shared_ptr<const Look> look_;
    std::vector<HourOfAll> hours_;
    std::string trouble_;
    std::vector<std::string> refused_;

    // Of the thread alone.
    models::Time now_{}, reached_{}, paced_from_{};
    std::chrono::steady_clock::time_point pace_began_{}, published_{}, measured_{};
    models::Time measured_at_{};
    double pace_ = 0, speed_used_ = 0;

    std::jthread thread_;  ///< last: it ends before what it uses
};

}  // namespace entrepot::viz

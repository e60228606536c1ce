#pragma once

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "studies/evidence/case_log.hpp"

namespace entrepot::studies::evidence {

/// What a decision may spend its time with.
enum class Stage : std::uint8_t { gathering, waiting, handling, approval };
constexpr std::array kStages{Stage::gathering, Stage::waiting, Stage::handling, Stage::approval};
const char* text_of(Stage stage);

/// Spans of time, on the clock and while the office is open.
struct Spans {
    std::vector<double> clock, office;  ///< hours
    std::size_t open = 0;               ///< that go on when the horizon ends; not among the others

    std::size_t count() const { return clock.size(); }
    double sum() const;
    double mean() const;
    double office_mean() const;
    /// The least span that a share of them does not exceed; after sort().
    double quantile(double share) const;
    void sort();
};

/// How many decisions, and of them how many no person has touched.
struct Touchless {
    std::size_t decided = 0, untouched = 0;
};

/// Of a kind of decision.
struct KindOfCase {
    std::size_t detected = 0, executed = 0, open = 0;
    std::size_t needless = 0;  ///< dropped when somebody came to them: time had settled them
    std::size_t in_vain = 0;   ///< dropped by who had dealt with them: nothing could be done
    std::size_t barred = 0;    ///< dropped as a guardrail or a right forbids it, or left to the next review
    Spans latency;             ///< from detection to execution
    std::array<Spans, kStages.size()> stages;
    std::array<Touchless, 5> values;  ///< by value_class
};

/// Decades of a decision's value in the scenario's currency: below 100, 1,000, 10,000, 100,000, and above.
std::size_t value_class(double value);
std::string value_class_text(std::size_t value_class);

struct SlowCase {
    std::uint32_t number = 0;
    models::DecisionKind kind = models::DecisionKind::purchase;
    models::ItemId item;
    models::SiteId site;
    models::Units units = 0;
    models::Time detected{}, ended = sim::kNever;  ///< kNever: it is open at the end
    models::Duration span{};
    std::array<models::Duration, kStages.size()> stages{};
};

struct RoleAtWork {
    double waiting_hours = 0;    ///< of cases that waited for it
    double handling_hours = 0;   ///< of its people
    double available_hours = 0;  ///< of its people within office hours; 0: they are not counted
};

/// What a page of bottlenecks says: of the cases that were detected in the measured window.
struct Bottlenecks {
    std::map<models::DecisionKind, KindOfCase> kinds;
    std::map<models::Role, RoleAtWork> roles;
    std::vector<SlowCase> slowest;  ///< the slowest one first
};

/// Reckons them from the stream of activities of which the log is written.
class BottleneckWatch : public explain::Watcher {
public:
    explicit BottleneckWatch(const models::Network& network, std::size_t slowest = 10);

    void see(const explain::Seen& seen) override;
    void end(const models::World& world, std::span<const models::Fact> facts) override;
    /// After end().
    const Bottlenecks& found() const { return found_; }

private:
    struct Course {
        SlowCase slow;
        models::Time executed = sim::kNever, queued = sim::kNever;  ///< kNever: not yet
        bool handled = false, touched = false, barred = false;
    };

    void count_people();
    void take(const Activity& activity);
    void spend(Course& course, Stage stage, const Activity& activity);
    void add(KindOfCase& kind, Stage stage, models::Time from, models::Time to);
    void close(std::uint32_t number, bool dropped, models::Time at);
    void rank(const SlowCase& slow);
    bool measured(models::Time t) const;
    double office_hours(models::Time from, models::Time to) const;

    const models::Network& network_;
    std::size_t most_;
    CaseLog log_;
    std::unordered_map<std::uint32_t, Course> courses_;  ///< of the cases that are open
    std::vector<double> office_before_;                  ///< by day: hours for which the office has been open
    Bottlenecks found_;
};

}  // namespace entrepot::studies::evidence

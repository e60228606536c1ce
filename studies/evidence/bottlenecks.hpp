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
    // Of those where nothing was done:
    std::size_t needless = 0;  ///< time had settled them when somebody came to them
    std::size_t in_vain = 0;   ///< who dealt with them, or the system, found nothing to do
    std::size_t barred = 0;    ///< a guardrail forbids it
    std::size_t left = 0;      ///< they waited so long that they were left to the next review, or a route dropped them
    std::size_t ignored = 0;   ///< alerts, by people who have seen too many false ones
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
    std::array<models::Duration, kStages.size()> stages{};  ///< up to the end of the horizon
};

struct RoleAtWork {
    double waiting_hours = 0;    ///< of cases that waited for it
    double handling_hours = 0;   ///< of its people
    double available_hours = 0;  ///< of its people within office hours; 0: they are not counted
};

/// Of a role and a kind of decision: recommendations that people changed, and cases that set aside who was promised
/// stock or whose turn it is.
struct Overrides {
    std::size_t done = 0, informed = 0;
    std::size_t refused = 0;  ///< for want of the right; not among those done
    std::size_t beyond = 0;   ///< further than guardrails let the system go
    std::size_t judged = 0, better = 0;
    double value = 0;  ///< in hindsight, of those judged: regret of what was recommended less that of what was decided
};

/// Lines that were worked out and keyed in by hand, and went out.
struct Rekeyed {
    std::size_t lines = 0, mistakes = 0;
};

/// What a level of approval agreed to, from when it was asked.
struct HeldByLevel {
    Spans spans;
    std::size_t late = 0;  ///< beyond its service level
};

/// What a page of bottlenecks says: of the cases that were detected in the measured window.
struct Bottlenecks {
    std::map<models::DecisionKind, KindOfCase> kinds;
    std::map<models::Role, RoleAtWork> roles;
    std::map<std::pair<models::Role, models::DecisionKind>, Overrides> overrides;
    std::map<std::pair<models::DecisionKind, models::Role>, Rekeyed> rekeyed;
    std::map<std::pair<std::size_t, models::Role>, HeldByLevel> levels;  ///< by place in the strategy, and who agreed
    std::vector<SlowCase> slowest;                                       ///< the slowest one first
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
    /// What has happened to a case that is dropped now says why.
    using Reason = std::size_t KindOfCase::*;
    struct Course {
        SlowCase slow;
        models::Time executed = sim::kNever, queued = sim::kNever;  ///< kNever: not yet
        Stage ongoing = Stage::waiting;                             ///< at the end of the horizon,
        models::Time ongoing_since = sim::kNever;                   ///< where it is in one,
        models::Role held_by = models::Role::system;                ///< and before whom
        models::Role by = models::Role::system;                     ///< who has handled it
        bool handled = false, asked = false;                        ///< by who decides; for an approval
        bool touched = false, recommended = false, mistaken = false;
        Reason reason = &KindOfCase::in_vain;
    };

    void count_people();
    void take(const Activity& activity);
    void follow(Course& course, const Activity& activity);
    void wait(Course& course, const Activity& activity);
    void change(Course& course, const Activity& activity);
    void take_judged(const models::DecisionJudged& judged);
    void take_approval(const models::ApprovalGiven& given);
    void count_waiting_for_approval(const models::World& world);
    void count_executed(const Course& course);
    void spend(Course& course, Stage stage, const Activity& activity);
    void add(KindOfCase& kind, Stage stage, models::Time from, models::Time to);
    void close(std::uint32_t number, bool dropped, models::Time at);
    void rank(const SlowCase& slow);
    bool measured(models::Time t) const;
    double office_hours(models::Time from, models::Time to) const;

    const models::Network& network_;
    std::size_t most_;
    CaseLog log_;
    std::unordered_map<std::uint32_t, Course> courses_;      ///< of the cases that are open
    std::vector<double> office_before_;                      ///< by day: hours for which the office has been open
    std::unordered_map<std::uint32_t, Overrides*> changed_;  ///< by case: where it is counted
    Bottlenecks found_;
};

}  // namespace entrepot::studies::evidence

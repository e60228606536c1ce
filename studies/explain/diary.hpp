#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "studies/clock.hpp"
#include "studies/explain/names.hpp"
#include "studies/explain/rerun.hpp"
#include "studies/explain/story.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::studies::explain {

/// How long links of an interface were down on a day.
struct Down {
    double hours = 0;  ///< of all of them
    int links = 0, given_up = 0;
};
using DownByInterface = std::array<Down, models::kInterfaces>;

/// What a site's day came to.
struct DayOfSite {
    int orders = 0, lines = 0, picked = 0, shipped = 0;
    int first_attempts = 0, filled = 0;  ///< lines whose first attempt ended; in full
    int closed = 0, late = 0;            ///< orders of customers that ended; after their promised day
    int open_orders = 0, overdue = 0;    ///< at the day's end; of them past their promised day
    int missed = 0;                      ///< shipments that no carrier could take
    // At the day's end: lines, each in one place, that of its units which is furthest from the customer.
    int open = 0, past_due = 0, waiting_for_stock = 0, at_dock = 0;
    int to_pick() const { return open - waiting_for_stock - at_dock; }  ///< not yet picked, or being picked
    int staged = 0;                                                     ///< shipments at the dock
    int empty_shelves = 0;
    double hours = 0, busy = 0, overtime = 0;  ///< person-hours
    models::Money penalties;
    int unreleased = 0;  ///< of those that are to be picked, at the day's end: their release is stuck
    DownByInterface down{};
};

/// The same of headquarters.
struct DayOfHeadquarters {
    DownByInterface down{};
    int purchase_lines = 0, transfers = 0, complaints = 0, exceptions = 0;
    int planner_queue = 0, agent_queue = 0;
};

/// Keeps every site's days in numbers, and the course of one day step by step.
class Diary : public Watcher {
public:
    /// `day`: the one whose course is kept; `site`: whose story is told, none for all of them.
    Diary(const models::Network& network, std::optional<models::SiteId> site, std::optional<int> day);

    void begin(const models::World& world) override { happenings_ = world.state.headquarters.happenings; }
    void see(const Seen& seen) override;
    void end(const models::World& world, std::span<const models::Fact> told) override;

    /// Of the day, or of the site week by week.
    Story story() const;

    /// What a site's day came to; of a day since day 0.
    const DayOfSite& of(models::SiteId site, int day) const;

private:
    void count_site(const Seen& seen, models::SiteId site);
    void count_close(const models::Fact& fact, models::SiteId site, int day);
    void count_lines(const models::SiteState& site, int day);
    static void count_down(const models::Fact& fact, DownByInterface& down);
    void count_headquarters(const Seen& seen);
    void follow_site(const Seen& seen, models::SiteId site);
    std::string wave_text(const models::SiteState& site, models::SiteId id) const;
    void follow_headquarters(const Seen& seen);
    bool watched(models::SiteId site) const { return !site_ || *site_ == site; }
    DayOfSite& of(models::SiteId site, int day);

    // diary_story.cpp
    Story story_of_day() const;
    Story story_of_site() const;
    std::string numbers_text(const DayOfSite& day) const;
    std::string phases_text(int first, int end) const;
    std::string disturbed_text(models::SiteId site, int first, int end) const;
    std::string disturbed_suppliers(int day) const;

    const models::Network& network_;
    Names names_;
    Clock clock_;
    models::Happenings happenings_;
    std::optional<models::SiteId> site_;
    std::optional<int> day_;
    std::vector<std::vector<DayOfSite>> days_;  ///< [site][day]
    std::vector<DayOfHeadquarters> headquarters_;
    std::vector<int> released_;             ///< by site: lines that waited for a wave before the event
    std::vector<int> on_overtime_;          ///< by site: people before the event
    std::vector<models::Time> stay_since_;  ///< by site: when overtime last began
    std::vector<Step> steps_;
};

}  // namespace entrepot::studies::explain

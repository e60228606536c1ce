#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "studies/explain/message_way.hpp"
#include "studies/explain/names.hpp"
#include "studies/explain/rerun.hpp"
#include "studies/explain/story.hpp"

namespace entrepot::studies::explain {

/// The course of a purchase line of headquarters as moments; kNever where it did not come to that.
struct PurchaseCourse {
    models::ItemId item;
    models::SiteId site;
    int nth = 1;  ///< of its location on the day on which it was proposed
    std::uint16_t serial = 0;
    bool under_way = false;    ///< from before day 0
    bool by_supplier = false;  ///< its order goes to the item's supplier, as a message
    bool automatic = false;    ///< released untouched
    bool approval = false;     ///< waited for one
    models::Money unit_cost;   ///< on record then, which decides who must agree
    bool late = false, chased = false, expedited = false;
    models::Duration capacity_wait{};  ///< for the capacity of its supplier, beyond what its lead times allow for
    Time paid_at = sim::kNever;        ///< a planner paid for faster delivery
    models::Money paid;
    models::Duration sooner{};  ///< which brought it so much sooner
    struct Told {
        Time at;
        models::SupplierTold news;
    };
    std::vector<Told> told;     ///< by its supplier
    std::vector<Hop> messages;  ///< its order, its recommendation, and what its supplier has answered
    Time expected{};            ///< when its last truck is to come, as the supplier knew when last looked at
    models::Units ordered = 0, brought = 0, put = 0, not_coming = 0;
    Time proposed{}, begun = sim::kNever, handled = sim::kNever, placed = sim::kNever, reached = sim::kNever,
                     due = sim::kNever, due_by_master = sim::kNever;
    Time given_up = sim::kNever;  ///< nobody has placed it, nor will
    Time arrived = sim::kNever;   ///< the last truck
    Time put_away = sim::kNever;  ///< the last of it
    Time known = sim::kNever;     ///< headquarters has heard of all
    Sight proposed_at;            ///< when it was proposed, its own units not yet on order
    models::Levels levels;        ///< by which it was proposed
    int computed_day = 0;         ///< of these levels
    std::size_t queue = 0;        ///< ordinary cases before the planners when it was proposed, itself among them

    /// Due, and not here.
    bool overdue(Time t) const { return due != sim::kNever && due < t && (arrived == sim::kNever || arrived > t); }
    /// The day that names it.
    int day() const;
    std::vector<Stay> stays(Time until) const;
    /// Where it was at that moment; empty where it had not begun, or was over.
    std::string place_at(Time t) const;
    /// From the proposal to the shelf, or as far as it came.
    models::Duration lay(Time until) const;
};

/// The same of a transfer between two sites.
struct TransferCourse {
    models::ItemId item;
    models::SiteId from, to;
    int nth = 1;
    models::TransferMode mode = models::TransferMode::scheduled;
    models::Units wanted = 0, sent = 0;
    Time proposed{}, asked = sim::kNever, left = sim::kNever, arrived = sim::kNever, put_away = sim::kNever;
    std::vector<Hop> messages;  ///< its order

    int day() const;
    std::vector<Stay> stays(Time until) const;
};

/// Goods that the event has put on a shelf: those that were put away, or that arrived where nobody has to.
std::optional<models::GoodsPutAway> put_away_by(const Seen& seen, const models::Network& network);

/// Follows every purchase line and transfer of headquarters, and when levels were computed.
class Supply : public Watcher {
public:
    explicit Supply(const models::Network& network);

    void begin(const models::World& world) override;
    void see(const Seen& seen) override;
    void end(const models::World& world, std::span<const models::Fact>) override { ended_ = world.now; }
    bool serves() const override { return true; }

    const std::vector<PurchaseCourse>& purchases() const { return purchases_; }
    const std::vector<TransferCourse>& transfers() const { return transfers_; }
    std::string name(const PurchaseCourse& course) const;
    std::string name(const TransferCourse& course) const;
    const PurchaseCourse* find_purchase(const std::string& name) const;
    const TransferCourse* find_transfer(const std::string& name) const;
    /// Of a place among the purchase lines of the moment; null for none.
    const PurchaseCourse* purchase_at(std::uint32_t slot) const;
    const TransferCourse* transfer_at(std::uint32_t slot) const;

    /// What was on its way to a location at that moment, in words; empty where nothing was.
    std::string under_way(models::SiteId site, models::ItemId item, Time t) const;
    /// Of a supplier or of another site.
    struct Goods {
        std::string name;
        Time put_away{};
        std::vector<Stay> stays;
    };
    /// The goods that came to a location's shelf last before that moment, if any came after the other one.
    std::optional<Goods> brought(models::SiteId site, models::ItemId item, Time after, Time until) const;
    /// Purchase lines for a location that were due by a moment, and had not come; the one due first in front.
    std::vector<const PurchaseCourse*> overdue(models::SiteId site, models::ItemId item, Time t) const;

    /// The day on which headquarters last computed a location's levels.
    int computed_day(models::LocationId location) const { return computed_[location.index()]; }
    /// Where the run had come to, for what goes on.
    Time until() const { return ended_; }

    Story story(const PurchaseCourse& course) const;
    Story story(const TransferCourse& course) const;
    /// What became of a line, step by step.
    std::vector<Step> steps(const PurchaseCourse& course) const;
    std::vector<Step> steps(const TransferCourse& course) const;

private:
    void see_headquarters(const Seen& seen);
    void see_goods(const Seen& seen);
    void look_for_purchases(const models::World& world, Time now, const std::vector<models::CaseClosed>& closed = {});
    void look_for_transfers(const models::World& world, Time now, bool under_way = false);
    void look_at_levels(const models::World& world);
    void look_at_cases(const Seen& seen);
    void look_at_work(const Seen& seen);
    void look_at_capacity(const Seen& seen);
    void look_at_haste(const Seen& seen);
    void look_at_supplier(const Seen& seen);
    void look_at_messages(const Seen& seen);
    PurchaseCourse* mine(std::uint32_t slot, std::uint16_t serial);

    const models::Network& network_;
    Names names_;
    models::Happenings happenings_;
    std::vector<PurchaseCourse> purchases_;
    std::vector<TransferCourse> transfers_;
    std::vector<std::size_t> purchase_of_slot_, transfer_of_slot_;
    std::vector<std::uint16_t> serials_;
    std::vector<bool> open_transfers_;
    std::unordered_map<std::uint32_t, std::size_t> purchase_of_case_;  ///< by number
    std::vector<int> next_refresh_, computed_;
    std::vector<Time> busy_until_;                ///< by supplier: its capacity, as it was after the last event
    std::unordered_map<std::string, int> named_;  ///< so many of a location and a day
    Time ended_{};
};

}  // namespace entrepot::studies::explain

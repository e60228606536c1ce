#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "models/network/calendar.hpp"
#include "studies/clock.hpp"
#include "studies/explain/names.hpp"
#include "studies/explain/rerun.hpp"
#include "studies/explain/story.hpp"
#include "studies/explain/supply.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::studies::explain {

/// Follows one order from its entry to its last delivery or cancellation: after each event of its site it looks what
/// has changed of the order, its lines, its tasks and its shipments.
class OrderWatcher : public Watcher {
public:
    /// With `supply`, which must see each event before, the story also says what was on its way of what was short.
    OrderWatcher(const models::Network& network, const OrderAddress& address, const Supply* supply = nullptr);

    void see(const Seen& seen) override;
    void begin(const models::World& world) override { happenings_ = world.state.sites[address_.site].happenings; }
    void end(const models::World& world, std::span<const models::Fact> told) override;
    bool done() const override { return closed_; }

    bool found() const { return entered_; }
    Story story() const;

    /// When it was short of an item that it waited for, or that was cancelled.
    struct Shortage {
        models::ItemId item;
        Time since{};
        bool known = true;  ///< the record lacked it at entry; else a picker found the shelf empty
        int units = 0;
        bool cancelled = false;
        std::optional<Time> until;  ///< it was allocated, or the customer's patience ended
        std::optional<Sight> last;  ///< as the patience or the horizon ended
        std::uint32_t line = models::kNone;
    };
    const std::vector<Shortage>& shortages() const { return shortages_; }

    /// Where the order's units are at a moment.
    struct Parts {
        enum Place { stock, pick, dock, gone, cancelled };  ///< gone: with the carrier or the customer
        static constexpr std::size_t kPlaces = 5;
        Time since{};
        std::array<int, kPlaces> units{};
        std::array<models::Money, kPlaces> cost{};  ///< at cost
        std::string where_picked;                   ///< those that are to be picked: before the wave, the picker, ...
    };
    /// The last moment at which ready goods would still have come in time by an ordinary carrier; nothing where even
    /// those that were ready at entry would not.
    std::optional<Time> last_chance() const;
    /// As the events up to and including that moment left it. Null: before its entry.
    const Parts* parts_at(Time t) const;
    models::SiteId site() const { return address_.site; }

private:
    struct FollowedLine {
        std::uint32_t place = models::kNone;
        models::Line last;  ///< as it was when last looked at
        bool open = true;
    };
    enum class Stage { unreleased, released, in_wave, picking };
    struct FollowedTask {
        std::uint32_t place = models::kNone;
        Stage stage = Stage::unreleased;
        std::vector<models::PickLine> picks;
        int waves_missed = 0;
    };
    struct HoldCase {
        std::uint32_t number = models::kNone;
        std::size_t hold = 0;  ///< of the network's
    };
    struct Missed {
        Time at{};
        models::CarrierId carrier;
        models::CarrierDeparted left{};
    };
    struct Sent {
        std::uint32_t place = models::kNone;
        models::CarrierId carrier;
        Time left{}, came{};
        int units = 0;
    };

    // order_entry.cpp
    void look_for_entry(const Seen& seen);
    void tell_entry(const Seen& seen);
    std::string customer_text(const Seen& seen) const;
    void find_lines(const Seen& seen);
    void tell_offers(const Seen& seen);
    void tell_line(const FollowedLine& line, const Seen& seen);
    Sight sight_before(const Seen& seen, std::uint32_t item) const;
    // order_watcher.cpp
    void follow(const Seen& seen);
    void look_at_line(FollowedLine& line, const Seen& seen);
    void look_at_tasks(const Seen& seen);
    void look_at_pick(const Seen& seen);
    void look_at_shipment(const Seen& seen);
    void look_at_flags(const Seen& seen);
    void close(const Seen& seen, const models::OrderClosed& closed);
    void take_lost(const Seen& seen, std::uint32_t item);
    // order_places.cpp
    std::string place_now(const models::SiteState& site) const;
    std::string place_of_picks(const models::SiteState& site) const;
    // order_complaint.cpp
    void look_at_complaint(const Seen& seen);
    void follow_answers(const Seen& seen);
    void tell_settled(const Seen& seen, const models::CaseStepped& step, bool asks_to_go_first, bool asks_for_stock);
    void tell_transfer(const Seen& seen, const models::CaseStepped& step);
    void tell_exception(const Seen& seen, const models::CaseStepped& step);
    bool follows(std::uint32_t number) const { return std::ranges::count(answers_, number) > 0; }
    void look_at_override(const Seen& seen);
    // order_messages.cpp
    void look_at_messages(const Seen& seen);
    // order_notice.cpp
    void look_at_notice(const Seen& seen);
    void look_at_notice_case(const Seen& seen);
    // order_hold.cpp
    void look_at_hold(const Seen& seen);
    void look_at_hold_cases(const Seen& seen);
    std::string why_held() const;
    // order_reason.cpp
    void note_parts(const Seen& seen);
    std::string closing() const;
    std::string lateness() const;
    /// What is still open is late once its promised day has passed.
    bool late() const {
        return undelivered_ ? last_.promised_day < models::day_of(ended_)
                            : last_.units_delivered > 0 && days_late() > 0;
    }
    int days_late() const { return last_.delivered_day - last_.promised_day; }
    std::string deliveries() const;
    std::string why_late() const;
    std::string cause() const;
    std::string at_dock_then(Time chance) const;
    std::string slow_deliveries(Time chance) const;
    std::string what_went_wrong() const;
    std::string why_longest() const;
    std::string penalty_parts() const;
    std::string where_it_went() const;
    std::string why_short() const;
    std::vector<Step> supply_steps() const;
    std::vector<Step> message_steps() const;
    std::vector<Step> disturbances() const;
    std::string what_it_lacked(bool known) const;
    std::string what_was_on_its_way() const;

    void tell(const Seen& seen, std::string who, std::string what, std::vector<Sight> sights = {});
    const models::SiteState& state(const models::World& world) const { return world.state.sites[address_.site]; }
    const models::Tier& tier() const { return network_.tiers[last_.tier]; }
    std::string item_name(std::uint32_t item) const { return network_.items[models::ItemId{item}].name; }
    Sight sight(const Seen& seen, std::uint32_t item) const;
    std::vector<std::string> carriers_of_lane(bool expedite) const;

    const models::Network& network_;
    Names names_;
    Clock clock_;
    OrderAddress address_;
    const Supply* supply_;

    bool entered_ = false, closed_ = false, in_full_ = false, undelivered_ = false, left_behind_ = false;
    std::uint32_t place_ = models::kNone;
    models::Order last_;
    Time placed_{}, ended_{};
    int line_count_ = 0;
    models::Money value_, penalty_, lost_margin_;
    std::vector<FollowedLine> lines_;
    std::vector<FollowedTask> tasks_;
    std::vector<Sent> sent_, arrived_;
    std::vector<Missed> missed_;  ///< departures of its lane without what lay at the dock
    std::vector<Parts> parts_;    ///< by time
    bool staged_expedite_ = false, staged_left_behind_ = false;
    int times_left_ = 0, most_left_ = 0;  ///< departures of its lane without what lies at the dock; most of a shipment
    std::uint32_t complaint_ = models::kNone;    ///< its place among headquarters' work, until its facts are there
    std::vector<std::uint32_t> answers_;         ///< numbers of its case, and of those that it leads to
    std::uint32_t notice_case_ = models::kNone;  ///< number of the case of who writes to the customer
    std::vector<HoldCase> holds_;
    std::vector<std::string> held_for_;    ///< what held it, and who cleared it
    std::vector<Hop> messages_;            ///< that told the floor, the record or the customer of it
    std::vector<std::uint32_t> postings_;  ///< numbers of those that tell what was picked for it
    models::Happenings happenings_;
    std::vector<Shortage> shortages_;
    std::vector<Step> steps_;
    std::vector<Stay> stays_;
};

/// Where an order may be, as its stays say it.
namespace place {
inline constexpr char kHold[] = "on hold";
inline constexpr char kStock[] = "waiting for stock";
inline constexpr char kRelease[] = "waiting for the release to the warehouse";
inline constexpr char kStuckRelease[] = "waiting for a release to the warehouse that was stuck between the systems";
inline constexpr char kWave[] = "waiting for a wave";
inline constexpr char kPicker[] = "waiting for a picker";
inline constexpr char kPicking[] = "being picked";
inline constexpr char kDock[] = "at the dock, waiting for a carrier";
inline constexpr char kCarrier[] = "with the carrier";
}  // namespace place

}  // namespace entrepot::studies::explain

#pragma once

#include "models/model.hpp"

/// Notices to customers whose orders are at risk, where the strategy sends them. The contract's promise stays what it
/// was: a notice changes what the customer does, by the terms of the tier, and nothing else.
namespace entrepot::models {

inline bool sends_notices(const Network& network) { return network.strategy.notices.at_risk_days > 0; }

/// At midnight: finds the orders due within the strategy's days that the record says will be late, and has their
/// customers told.
void look_for_late_orders(SiteState& site, int day, Context& context);

/// A line is short at its entry: systems that know of it at once tell the customer with the order's confirmation,
/// before he decides to complain.
void tell_with_confirmation(SiteState& site, std::uint32_t line, Context& context);

/// A notice has come through: the customer is told now, and counts on the new day. Who is past his promised day has
/// noticed by himself. {order, its serial, day}.
void give_notice(SiteState& site, const Content& content, Context& context);

/// What a carrier tells of a shipment: a link carries it in three words.
struct DelayNews {
    std::uint32_t order = kNone, item = 0;  ///< the order's place in the book; one of the items that are late
    std::uint16_t serial = 0, day = 0;      ///< of the order's slot; on which it will be there

    Content content() const {
        return {order, item | (serial & 0xFFu) << 20, day | static_cast<std::uint32_t>(serial >> 8) << 16};
    }
    static DelayNews of(const Content& words) {
        const std::uint32_t serial = (words[1] >> 20 & 0xFF) | words[2] >> 16 << 8;
        return {words[0], words[1] & 0xFFFFF, static_cast<std::uint16_t>(serial), static_cast<std::uint16_t>(words[2])};
    }
};
/// The order desk has heard of it: the customer is told, as of any order that is found at risk.
void hear_of_delay(SiteState& site, const DelayNews& news, Context& context);

/// What the end of an order says of its notice.
inline NoticeKept notice_of(const Order& order, const Network& network) {
    if (!sends_notices(network)) return NoticeKept::none_sent;
    return order.told ? NoticeKept::told : NoticeKept::untold;
}

}  // namespace entrepot::models

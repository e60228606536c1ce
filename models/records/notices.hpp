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

/// What the end of an order says of its notice.
inline NoticeKept notice_of(const Order& order, const Network& network) {
    if (!sends_notices(network)) return NoticeKept::none_sent;
    return order.told ? NoticeKept::told : NoticeKept::untold;
}

}  // namespace entrepot::models

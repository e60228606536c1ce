#pragma once

#include "models/model.hpp"

/// What is decided for a customer's order: complaints, and what their answer asks for.
namespace entrepot::models {

/// The customer is answered. That the order goes first, gets stock that others were promised, or stock of another
/// site, are decisions of their own: whoever has the escalation in hand takes them where he may.
void settle_escalation(Headquarters& hq, std::uint32_t place, Context& context);

/// What was decided reaches the site: an order goes first, gets stock of others, or its customer hears of another day.
void tell_site(const Headquarters& hq, std::uint32_t place, Context& context);

/// The same where it isn't to be. A shortage is answered by stock of another site then, where the strategy has that.
void withhold_from_site(Headquarters& hq, std::uint32_t place, Context& context);

}  // namespace entrepot::models

#include "models/decisions/integration_cases.hpp"

#include "models/decisions/cases.hpp"
#include "models/decisions/office.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

void on(Headquarters& hq, const LinkFails& message, Context& context) {
    const Case raised{.raised = context.now(),
                      .subject = message.link,
                      .about = key_of(SiteId{message.sender}, ItemId{StockKey::kNoItem}),
                      .kind = DecisionKind::integration_exception};
    ask_people(hq, raise_case(hq, raised, context), context);
}

double minutes_to_repair(const Case& one, const Network& network) {
    const bool of_site = one.about.site() < network.sites.size();
    const InterfaceName interface =
        of_site ? static_cast<InterfaceName>(one.subject) : partner_of(one.subject, network).interface;
    const bool kept = network.strategy.integration.of(interface).dead_letters;
    return kept ? network.office.minutes_per_replay : network.office.minutes_per_reentry;
}

void settle_integration_exception(Headquarters& hq, std::uint32_t place, Context& context) {
    const Case one = hq.cases[place];
    take_step(hq, place, CaseStep::executed, one.role, context);
    close_case(hq, place, true, context);
    const auto link = static_cast<std::uint16_t>(one.subject);
    if (one.about.site() >= context.network().sites.size()) return repair_link(hq, link, context);
    context.send(entity_of(site_of(one.about)), context.now() + context.network().strategy.integration.pump,
                 SiteLinkRepaired{link});
}

void on(Headquarters& hq, const DuplicateFound& message, Context&) {
    const std::uint32_t index = message.reference.index();
    message.reference.kind() == GoodsReference::transfer ? find_second_transfer(hq, index, message.serial)
                                                         : find_second_purchase(hq, index, message.serial);
}

}  // namespace entrepot::models

#include "models/decisions/integration_cases.hpp"

#include <algorithm>
#include <cmath>

#include "models/decisions/cases.hpp"
#include "models/decisions/office.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
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

/// The work is done; whether anything was still stuck is known where the link is, once it works.
void settle_integration_exception(Headquarters& hq, std::uint32_t place, Context& context) {
    hq.cases[place].wanted.sent = true;
    const Case& one = hq.cases[place];
    const auto link = static_cast<std::uint16_t>(one.subject);
    if (one.about.site() >= context.network().sites.size()) return repair_link(hq, link, one.number, context);
    context.send(entity_of(site_of(one.about)), context.now() + context.network().strategy.integration.pump,
                 SiteLinkRepaired{one.number, link});
}

void ask_to_key_in(Headquarters& hq, const Content& content, const News& news, const Coming& coming, Context& context) {
    const auto serial = static_cast<std::uint16_t>(content[1]);
    if (!hq.purchases[content[0]].open || hq.purchases[content[0]].serial != serial) return;
    Case raised = case_of_purchase(hq, DecisionKind::keying, content[0], context.now());
    raised.signal = coming.ready;
    raised.units = 0;
    raised.wanted = {};
    raised.wanted.heard = news.heard;
    raised.wanted.day = static_cast<std::uint16_t>(news.day);
    raised.wanted.overtaken = news.overtaken;
    raised.wanted.message = coming.number;
    ask_people(hq, raise_case(hq, raised, context), context);
}

void settle_keying(Headquarters& hq, std::uint32_t place, Context& context) {
    const Network& network = context.network();
    const Judgement& judgement = network.office.judgement;
    const Case one = hq.cases[place];
    const InterfaceName interface = one.wanted.heard == Heard::asn ? InterfaceName::asn : InterfaceName::confirmation;
    const double wrong = judgement.keying_errors + (one.hasty ? network.office.overload.haste_errors : 0);
    int day = one.wanted.day;
    if (wrong > 0) {
        auto draws = draws_at(hq, one, purpose::keying, context);
        if (draws.uniform() < wrong) {
            const int today = day_of(context.now());
            const double factor = std::exp(judgement.keying_sigma * sim::normal_quantile(draws.uniform()));
            const double ahead = std::min(std::max(1, day - today) * factor, 1e4);
            day = today + static_cast<int>(std::lround(ahead));
        }
    }
    hq.cases[place].wanted.mistaken = day != one.wanted.day;
    take_step(hq, place, CaseStep::executed, one.role, context,
              day != one.wanted.day ? StepOutcome::mistaken : StepOutcome::none);
    close_case(hq, place, true, context);
    const bool checked = network.strategy.integration.of(interface).version_checked;
    hear_of_purchase(hq, {one.subject, one.serial}, {day, one.wanted.heard, false, one.wanted.overtaken, checked},
                     context);
    const std::size_t supplier = network.items[item_of(one.about)].supplier.index();
    note_keyed(hq, interface, supplier, one.wanted.message, {one.subject, one.serial, static_cast<std::uint32_t>(day)},
               context.now() - one.signal, context);
}

void on(Headquarters& hq, const LinkAnswered& message, Context& context) {
    for (std::uint32_t place = 0; place < hq.cases.size(); ++place) {
        const Case& one = hq.cases[place];
        const bool asked = one.kind == DecisionKind::integration_exception && one.wanted.sent;
        if (!asked || one.number != message.number) continue;
        hq.cases[place].wanted.sent = false;
        if (message.sent != 0) take_step(hq, place, CaseStep::executed, one.role, context);
        return close_case(hq, place, message.sent != 0, context);
    }
}

void on(Headquarters& hq, const DuplicateFound& message, Context&) {
    const std::uint32_t index = message.reference.index();
    message.reference.kind() == GoodsReference::transfer ? find_second_transfer(hq, index, message.serial)
                                                         : find_second_purchase(hq, index, message.serial);
}

}  // namespace entrepot::models

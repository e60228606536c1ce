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

bool ask_to_key_transfer(Headquarters& hq, const Content& content, const Coming& coming, Context& context) {
    const Transfer& transfer = hq.transfers[content[0]];
    const bool same = transfer.open && transfer.serial == static_cast<std::uint16_t>(content[1]);
    if (!same || transfer.mode == TransferMode::lent) return false;
    Case raised = case_of_transfer(hq, content[0], context.now());
    raised.kind = DecisionKind::keying;
    raised.signal = coming.ready;
    raised.serial = transfer.serial;
    raised.units = 0;
    raised.wanted.message = coming.number;
    ask_people(hq, raise_case(hq, raised, context), context);
    return true;
}

namespace {

/// What somebody has entered in place of a number: the same, unless he errs.
double keyed(Headquarters& hq, const Case& one, double number, Context& context) {
    const Office& office = context.network().office;
    const double wrong = office.judgement.keying_errors + (one.hasty ? office.overload.haste_errors : 0);
    if (wrong <= 0) return number;
    auto draws = draws_at(hq, one, purpose::keying, context);
    if (draws.uniform() >= wrong) return number;
    const double factor = std::exp(office.judgement.keying_sigma * sim::normal_quantile(draws.uniform()));
    return std::min(number * factor, 1e4 + number);
}

void close_keying(Headquarters& hq, std::uint32_t place, bool mistaken, Context& context) {
    hq.cases[place].wanted.mistaken = mistaken;
    take_step(hq, place, CaseStep::executed, hq.cases[place].role, context,
              mistaken ? StepOutcome::mistaken : StepOutcome::none);
    close_case(hq, place, true, context);
}

void settle_keyed_transfer(Headquarters& hq, std::uint32_t place, Context& context) {
    const Case one = hq.cases[place];
    const Units asked = one.wanted.units;
    const Units units = std::max<Units>(1, static_cast<Units>(std::lround(keyed(hq, one, asked, context))));
    const SiteId from = hq.transfers[one.subject].from;
    close_keying(hq, place, units != asked, context);
    reach_sender(hq, one.subject, one.serial, context, units);
    note_keyed(hq, InterfaceName::transfer_order, from.index(), one.wanted.message, {one.subject, one.serial, 0},
               context.now() - one.signal, context);
}

}  // namespace

void settle_keying(Headquarters& hq, std::uint32_t place, Context& context) {
    const Network& network = context.network();
    const Case one = hq.cases[place];
    if (one.wanted.heard == Heard::nothing) return settle_keyed_transfer(hq, place, context);
    const InterfaceName interface = one.wanted.heard == Heard::asn ? InterfaceName::asn : InterfaceName::confirmation;
    const int today = day_of(context.now()), ahead = std::max(1, one.wanted.day - today);
    const auto entered = static_cast<int>(std::lround(keyed(hq, one, ahead, context)));
    const int day = entered == ahead ? one.wanted.day : today + entered;
    close_keying(hq, place, day != one.wanted.day, context);
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

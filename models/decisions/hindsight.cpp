#include "models/decisions/hindsight.hpp"

#include <algorithm>
#include <cmath>

#include "models/network/calendar.hpp"
#include "models/records/supply_account.hpp"

namespace entrepot::models {

namespace {

/// The morning that is nearest to the end of a line's protection interval: goods are there after the lead time, and
/// those of the next review one review later.
int day_of_judgement(const Headquarters& hq, StockKey about, const Context& context) {
    constexpr double kMost = 1e5;  // days: beyond any horizon
    const Network& network = context.network();
    const LeadTimeEstimate& known = hq.lead_times[network.items[item_of(about)].supplier];
    const InventoryPolicy& policy = network.replenished_by(site_of(about), item_of(about));
    const double days = std::min(kMost, known.mean + sim::in<sim::days>(policy.review));
    const Duration to_noon = sim::hours{12 - network.office.forecast_hour};
    return std::max(day_of(context.now()) + 1, day_of(context.now() + sim::from_real<sim::days>(days) + to_noon));
}

Hindsight what_is_known(const Headquarters& hq, const NotedDecision& noted, const Network& network) {
    constexpr double kYear = 365;
    const Item& item = network.items[item_of(noted.about)];
    const StockView& view = hq.view[hq.location(site_of(noted.about), item_of(noted.about))];
    return {.position = static_cast<double>(noted.position),
            .demand = static_cast<double>(demand_between(noted.demand, view.demand)),
            .left_over = item.unit_cost.amount() * network.carrying_rate * (noted.due - noted.day) / kYear,
            .missing = std::max(0.0, (item.price[0] - item.unit_cost).amount()),
            .pack = static_cast<double>(item.pack)};
}

void judge(const Headquarters& hq, const NotedDecision& noted, Context& context) {
    const Network& network = context.network();
    const Hindsight known = what_is_known(hq, noted, network);
    const double bearable =
        network.office.judgement.regret_share * network.items[item_of(noted.about)].unit_cost.amount();
    const double recommended = known.regret(noted.recommended), decided = known.regret(noted.decided);
    context.tell(DecisionJudged{
        static_cast<float>(recommended), static_cast<float>(known.regret(noted.offered)), static_cast<float>(decided),
        noted.number, noted.day, static_cast<std::uint8_t>(DecisionKind::purchase), noted.who, noted.struck,
        noted.blocked, recommended > bearable * noted.recommended, decided > bearable * noted.decided});
}

}  // namespace

double Hindsight::cost(double units) const {
    const double left = position + units - demand;
    return left > 0 ? left_over * left : missing * -left;
}

double Hindsight::regret(double units) const {
    const double packs = std::max(0.0, std::floor((demand - position) / pack));
    return cost(units) - std::min(cost(packs * pack), cost((packs + 1) * pack));
}

void note_decision(Headquarters& hq, std::uint32_t place, bool blocked, Context& context) {
    const Network& network = context.network();
    const Case& one = hq.cases[place];
    const PurchaseLine& line = hq.purchases[one.subject];
    // Where the record at the site is looked at, headquarters doesn't know the position; a second source brings a part.
    if (line.of_second || account_at_site(network, line.site, line.item)) return;
    const int due = day_of_judgement(hq, one.about, context);
    if (due >= network.calendar.total_days()) return;
    const StockView& view = hq.view[hq.location(line.site, line.item)];
    const bool to_what_it_was = one.recommended == Recommended::changed && line.ordered == one.wanted.left;
    hq.noted.push({.number = one.number,
                   .about = one.about,
                   .position = view.net + view.on_order - line.ordered,
                   .recommended = one.wanted.units,
                   .offered = blocked ? 0 : one.wanted.left,
                   .decided = blocked ? 0 : line.ordered,
                   .demand = view.demand,
                   .day = static_cast<std::uint16_t>(day_of(context.now())),
                   .due = static_cast<std::uint16_t>(due),
                   .who = to_what_it_was ? Recommended::accepted : one.recommended,
                   .struck = one.wanted.struck,
                   .blocked = blocked});
}

void judge_decisions(Headquarters& hq, int day, Context& context) {
    while (!hq.noted.empty() && hq.noted.first().due <= day) {
        judge(hq, hq.noted.first(), context);
        hq.noted.pop();
    }
}

}  // namespace entrepot::models

#include "models/decisions/routing.hpp"

#include <algorithm>
#include <utility>

#include "models/decisions/cases.hpp"
#include "models/decisions/execution.hpp"
#include "models/records/master_data.hpp"

namespace entrepot::models {

namespace {

/// Days that the stock lasts, as headquarters believes; without end where nobody wants it.
double cover_of(const Headquarters& hq, const Case& one) {
    if (one.about.item() == StockKey::kNoItem) return std::numeric_limits<double>::infinity();
    const LocationId location = hq.location(site_of(one.about), item_of(one.about));
    const double rate = hq.levels[location].daily_rate;
    return rate > 0 ? hq.view[location].net / rate : std::numeric_limits<double>::infinity();
}

bool is_of_class(const Case& one, ClassId velocity, const Headquarters& hq, const Network& network) {
    return one.about.item() != StockKey::kNoItem && class_on_record(hq, item_of(one.about), network) == velocity;
}

bool concerns(const Route& route, const Headquarters& hq, const Case& one, const Network& network) {
    const std::uint8_t tier = tier_concerned(one);
    return (route.decisions.empty() || std::ranges::count(route.decisions, one.kind) > 0) &&
           (!route.velocity || is_of_class(one, *route.velocity, hq, network)) &&
           (route.tiers.empty() || (tier < route.tiers.size() && route.tiers[tier])) &&
           (!route.above || value_of(hq, one, network) > *route.above) &&
           (!route.cover_below || cover_of(hq, one) < *route.cover_below);
}

bool grows_old(const Case& one, const Route& route) { return route.ages_after && !one.urgent; }

/// Nobody has come in time: it is settled as it was recommended, or nothing is done.
void settle_without_people(Headquarters& hq, std::uint32_t place, bool releases, Context& context) {
    Case& one = hq.cases[place];
    const CaseAt was{place, one.number, one.asks};
    CaseQueue& queue = one.urgent ? hq.desk(one.role).urgent : hq.desk(one.role).ordinary;
    queue.take_out([&](const CaseAt& at) { return at == was; });
    ++one.asks;
    one.waited += context.now() - std::exchange(one.since, Time{});
    one.role = Role::system;
    take_step(hq, place, CaseStep::settled, Role::system, context, releases ? StepOutcome::none : StepOutcome::dropped);
    if (one.kind == DecisionKind::purchase && hq.purchases[one.subject].prepared && releases) {
        one.recommended = Recommended::released;
    }
    releases ? settle(hq, place, context) : drop(hq, place, context);
}

}  // namespace

std::optional<Role> take_route(const Headquarters& hq, Case& one, const Network& network) {
    const std::vector<Route>& routes = network.strategy.governance.routes;
    const auto route =
        std::ranges::find_if(routes, [&](const Route& each) { return concerns(each, hq, one, network); });
    if (route == routes.end()) return std::nullopt;
    one.route = static_cast<std::uint8_t>(route - routes.begin());
    one.urgent = one.urgent || route->urgent;
    return route->to;
}

void watch_waiting(Headquarters& hq, std::uint32_t place, Context& context) {
    const Case& one = hq.cases[place];
    if (one.route == Case::kNoRoute || one.waits_for_approval()) return;
    const Route& route = context.network().strategy.governance.routes.at(one.route);
    if (!grows_old(one, route) && !route.settles_after) return;
    const Duration wait = grows_old(one, route) && route.settles_after
                              ? std::min(*route.ages_after, *route.settles_after)
                              : (grows_old(one, route) ? *route.ages_after : *route.settles_after);
    context.at(std::max(context.now(), one.since + wait), CaseWaits{place, one.number, one.asks});
}

void on(Headquarters& hq, const CaseWaits& message, Context& context) {
    if (!is_still(hq, {message.place, message.number, message.asks})) return;
    const CaseAt was{message.place, message.number, message.asks};
    Case& one = hq.cases[message.place];
    if (one.route == Case::kNoRoute) return;  // another strategy has taken over
    const Route& route = context.network().strategy.governance.routes.at(one.route);
    if (route.settles_after && context.now() >= one.since + *route.settles_after) {
        return settle_without_people(hq, message.place, route.releases, context);
    }
    hq.desk(one.role).ordinary.take_out([&](const CaseAt& at) { return at == was; });
    ++one.asks;
    one.urgent = true;
    take_step(hq, message.place, CaseStep::aged, one.role, context);
    hq.desk(one.role).urgent.push({message.place, one.number, one.asks}, 0);
    watch_waiting(hq, message.place, context);
}

}  // namespace entrepot::models

#include "models/goods/lending.hpp"

#include <algorithm>
#include <cmath>

#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"

namespace entrepot::models {

namespace {

const CrewPool& pool_of(const SiteState& site, const Network& network) {
    return network.crew_pools.at(network.crew_pool_of[site.id]);
}

/// The people of a shift and those who come to help aren't here for the same time: who leaves takes his part along.
void forget_lost(Crew& crew, double lost, int left) {
    crew.lost_on_duty = left > 0 ? std::max(0.0, crew.lost_on_duty - lost) : 0;
}

}  // namespace

void report_hands(SiteState& site, std::size_t shift, double picking_ahead, Context& context) {
    const Network& network = context.network();
    const CrewPool& pool = pool_of(site, network);
    const Shift& terms = network.sites[site.id].shifts.at(shift);
    const double hours = terms.end_hour - terms.start_hour, way = sim::in<sim::hours>(pool.travel);
    const int people = site.on_duty;
    const double spare = (people - site.crew.lost_on_duty) * hours - picking_ahead;
    int hands = 0;  // offered, or with a minus asked for
    if (people > 0 && spare >= pool.slack_hours * people) {
        hands = static_cast<int>(std::min(std::floor(spare / hours), std::floor(pool.most * people)));
    } else if (-spare >= pool.backlog_hours * std::max(1, people) && way < hours) {
        hands = -static_cast<int>(std::min(std::ceil(-spare / (hours - way)), 1e6));
    }
    if (hands == 0) return;
    const auto each = static_cast<float>(std::abs(spare) / std::max(1, people));
    context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                 HandsReported{hands, each, site.id.value});
}

void on(SiteState& site, const HandsLent& message, Context& context) {
    const Network& network = context.network();
    const Duration pump = network.strategy.integration.pump;
    const Duration way = std::max(pool_of(site, network).travel, pump);
    const std::size_t shift = site.crew.shift;
    CrewShift& crew = site.crew.working.at(shift);
    const int hour = 24 * day_of(context.now()) + network.sites[site.id].shifts.at(shift).end_hour;
    const Time until = at_hour(0, hour);
    const int own = site.on_duty - site.crew.borrowed;
    const int people = std::min(message.people, own - crew.hired);
    if (people <= 0 || context.now() + way >= until) return;  // what headquarters has heard may be old
    count_picking(site, context.now());
    const double lost = crew.lost * people / own, hours = sim::in<sim::hours>(until - context.now());
    crew.lost -= lost;
    crew.away += people;
    site.on_duty -= people;
    forget_lost(site.crew, lost, site.on_duty);
    site.today.straight_available -= people * hours;
    site.today.lent += people * hours;
    context.send(entity_of(SiteId{message.site}), context.now() + way,
                 HandsArrive{hour, people, static_cast<float>(lost)});
}

void on(SiteState& site, const HandsArrive& message, Context& context) {
    const Network& network = context.network();
    const CrewPool& pool = pool_of(site, network);
    const Time until = at_hour(0, message.until);
    const double hours = sim::in<sim::hours>(until - context.now());
    count_picking(site, context.now());
    site.on_duty += message.people;
    site.crew.borrowed += message.people;
    site.crew.lost_on_duty += double{message.lost};
    site.today.straight_available += message.people * hours;
    site.today.borrowed += message.people * hours;
    site.today.learning_loss += double{message.lost} * hours;
    const double away = hours + sim::in<sim::hours>(std::max(pool.travel, network.strategy.integration.pump));
    const Money pay = network.sites[site.id].wage_per_hour * ((pool.pay_factor - 1) * message.people * away);
    site.today.lending_cost += pay;
    site.ledger.post(Account::labour, Account::payables, pay);
    context.at(until, HandsLeave{message.people, message.lost});
    if (network.strategy.waves.at_once) return start_picks(site, context);
    on(site, WaveStarts{}, context);  // more people, more work until the next one
}

void on(SiteState& site, const HandsLeave& message, Context& context) {
    count_picking(site, context.now());
    site.on_duty -= message.people;
    site.crew.borrowed -= message.people;
    forget_lost(site.crew, double{message.lost}, site.on_duty);
}

}  // namespace entrepot::models

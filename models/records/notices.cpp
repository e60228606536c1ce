#include "models/records/notices.hpp"

#include <algorithm>

#include "models/decisions/priority.hpp"
#include "models/goods/transport.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/order_lines.hpp"

namespace entrepot::models {

namespace {

bool in_sight(const Order& order, int day, const Network& network) {
    return order.promised_day >= day && order.promised_day - day < network.strategy.notices.at_risk_days;
}

/// The day on which the rest of a line that waits for stock can be with the customer, as far as the record knows. Of
/// what nothing is expected, the order is promised once more from its promised day on.
int day_by_stock(const SiteState& site, const Line& line, int day, const Network& network) {
    const Order& order = site.orders[line.order];
    const Tier& tier = network.tiers[order.tier];
    const int expected = site.record[ItemId{line.item}].expected_day;
    if (expected >= day) return add_business_days(network.calendar, expected, tier.promise_after_receipt);
    return add_business_days(network.calendar, order.promised_day, std::max(1, tier.promise_business_days));
}

/// The day on which a line comes, as far as the record and the carriers' cut-offs say; its promised day where nothing
/// speaks against it.
int day_of_line(const SiteState& site, const Line& line, const RankingMoment& now) {
    const Network& network = *now.network;
    const Order& order = site.orders[line.order];
    int comes = order.promised_day;
    if (line.waiting > 0) comes = std::max(comes, day_by_stock(site, line, now.day, network));
    if (!leaves_at_once(site, order, network)) {
        const int arrival = now.arrival[static_cast<std::size_t>(network.tiers[order.tier].channel)];
        comes = std::max(comes, std::min(arrival, kLastDay));
    }
    return std::min(comes, kLastDay);
}

void give(SiteState& site, const Notice& notice, Context& context) {
    transmit(site, InterfaceName::notice, {notice.order, notice.serial, notice.day}, context);
}

/// Notes that an order's customer is to be told of a day, or of a later one where another of its lines had said so.
void note(SiteState& site, std::uint32_t index, std::uint32_t item, int day) {
    const Order& order = site.orders[index];
    const std::uint32_t name = name_of(order);
    const auto place = std::ranges::lower_bound(site.notices, name, {}, &Notice::name);
    const auto comes = static_cast<std::uint16_t>(day);
    if (place != site.notices.end() && place->name == name) {
        place->day = std::max(place->day, comes);
    } else {
        site.notices.insert(place, {name, index, item, order.serial, comes});
    }
}

/// Whether a customer still waits for something that he can be told of: for what has left, where carriers tell.
bool is_awaited(const Order& order, const Network& network) {
    return order.lines_open > 0 || (network.tells_delays() && order.shipments_open > 0);
}

/// Nobody has to be asked: it is the system's to do, and nothing limits it for customers of the tier.
bool changes_promises_alone(const Network& network, TierId tier) {
    constexpr DecisionKind kind = DecisionKind::promise_change;
    const Governance& governance = network.strategy.governance;
    const auto is_of = [&](const std::vector<bool>& tiers) { return tiers.empty() || tiers.at(tier.index()); };
    return governance.rights.automatic(kind) &&
           std::ranges::none_of(governance.approvals,
                                [&](const auto& level) { return level.concerns(kind) && is_of(level.tiers); }) &&
           std::ranges::none_of(governance.guardrails,
                                [&](const auto& rule) { return rule.decision == kind && is_of(rule.tiers); });
}

Time next_batch(int minute, Time now) {
    const int day = day_of(now);
    return at_minute(day, minute) >= now ? at_minute(day, minute) : at_minute(day + 1, minute);
}

/// Sends a notice on its way: to whoever decides on it, with the nightly batch, or through the middleware.
void send(SiteState& site, const Notice& notice, Context& context) {
    const Network& network = context.network();
    const Integration& systems = network.strategy.integration;
    const TierId tier = site.orders[notice.order].tier;
    if (!changes_promises_alone(network, tier)) {
        return context.send(headquarters_of(network), context.now() + systems.pump,
                            OrderAtRisk{notice.name, key_of(site.id, ItemId{notice.item}), tier.value});
    }
    if (systems.batch_minute) {
        return context.at(next_batch(*systems.batch_minute, context.now()), NoticeArrives{notice.name, 0});
    }
    const Order& order = site.orders[notice.order];
    const double u = context.draws().at(purpose::notice_latency, order.key, order.coordinate).uniform();
    const double seconds =
        sim::lognormal_median(u, sim::in<sim::seconds>(systems.latency_median), systems.latency_sigma);
    context.after(sim::from_real<sim::seconds>(seconds), NoticeArrives{notice.name, 0});
}

}  // namespace

void look_for_late_orders(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    if (!sends_notices(network)) return;
    const RankingMoment now = ranking_moment(network, context.now());
    for (std::uint32_t index = 0; index < site.lines.size(); ++index) {
        const Line& line = site.lines[index];
        if (line.order == kNone) continue;
        const Order& order = site.orders[line.order];
        if (order.internal || order.noticed || !in_sight(order, day, network)) continue;
        const int comes = day_of_line(site, line, now);
        if (comes > order.promised_day) note(site, line.order, line.item, comes);
    }
    for (const Notice& notice : site.notices) {
        Order& order = site.orders[notice.order];
        if (order.serial != notice.serial || order.noticed) continue;  // that is on its way
        order.noticed = true;
        send(site, notice, context);
    }
}

void tell_with_confirmation(SiteState& site, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const Line& line = site.lines[index];
    Order& order = site.orders[line.order];
    // People write when an order has been found at risk; the system may tell at once, or ask who must agree.
    const bool automatic = network.strategy.governance.rights.automatic(DecisionKind::promise_change);
    if (!automatic || network.strategy.integration.batch_minute) return;
    const int today = day_of(context.now());
    if (order.internal || order.noticed || line.waiting == 0 || !in_sight(order, today, network)) return;
    const int comes = std::min(day_by_stock(site, line, today, network), kLastDay);
    if (comes <= order.promised_day) return;
    order.noticed = true;
    const Notice notice{name_of(order), line.order, line.item, order.serial, static_cast<std::uint16_t>(comes)};
    if (changes_promises_alone(network, order.tier)) return give(site, notice, context);
    note(site, line.order, line.item, comes);
    send(site, notice, context);
}

void give_notice(SiteState& site, const Content& content, Context& context) {
    const std::uint32_t index = content[0];
    const auto serial = static_cast<std::uint16_t>(content[1]), day = static_cast<std::uint16_t>(content[2]);
    Order& order = site.orders[index];
    const bool over = order.serial != serial || !is_awaited(order, context.network());
    if (over || order.told) return;  // nothing is to be told any more
    if (day_of(context.now()) > order.promised_day) return;
    order.told = order.counts_on_notice = true;
    context.tell(NoticeGiven{order.tier.value, order.placed_day, order.promised_day, day});
    if (!escalates(site, index, context.network())) return;
    site.due[site.due_place(day)].push_back({index, serial, true});
}

void on(SiteState& site, const DelayKnown& message, Context& context) {
    const DelayNews news{message.order, message.item, message.serial, message.day};
    transmit(site, InterfaceName::tracking, news.content(), context);
}

void hear_of_delay(SiteState& site, const DelayNews& news, Context& context) {
    if (!sends_notices(context.network())) return;
    Order& order = site.orders[news.order];
    const bool over = order.serial != news.serial || order.shipments_open == 0;
    if (over || order.noticed || news.day <= order.promised_day) return;
    if (day_of(context.now()) > order.promised_day) return;  // he has noticed by himself
    order.noticed = true;
    const Notice notice{name_of(order), news.order, news.item, order.serial, news.day};
    note(site, notice.order, notice.item, notice.day);
    send(site, notice, context);
}

void on(SiteState& site, const NoticeArrives& message, Context& context) {
    const auto sent = std::ranges::lower_bound(site.notices, message.order, {}, &Notice::name);
    SIM_CHECK(sent != site.notices.end() && sent->name == message.order, "a customer is told twice");
    const Notice notice = *sent;
    site.notices.erase(sent);
    if (message.withheld == 0) give(site, notice, context);
}

}  // namespace entrepot::models

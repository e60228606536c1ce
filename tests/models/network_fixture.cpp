#include "models/network_fixture.hpp"

#include <array>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>

#include "models/decisions/policies/registry.hpp"
#include "sim/random.hpp"

namespace entrepot::tests {

using namespace models;
using namespace std::chrono_literals;

namespace {

constexpr double kLinesB2b = 4.5, kUnitsB2b = 6, kLinesWeb = 1.6, kUnitsWeb = 1.4;

/// Gives a policy's parameters by name: one value, or one for each class.
class ParameterSetter : public ParameterVisitor {
public:
    explicit ParameterSetter(std::map<std::string, std::vector<double>> values) : values_(std::move(values)) {}
    void value(std::string_view key, double& member, ParameterUnit, ParameterRange, std::string_view) override {
        if (const auto found = values_.find(std::string(key)); found != values_.end()) member = take(found).at(0);
    }
    void by_class(std::string_view key, Column<ClassId, double>& member, ParameterUnit, ParameterRange,
                  std::string_view) override {
        const auto found = values_.find(std::string(key));
        if (found == values_.end()) return;
        member = {};
        for (const double value : take(found)) member.push_back(value);
    }
    void choice(std::string_view key, std::uint8_t& member, std::span<const std::string_view>,
                std::string_view) override {
        const auto found = values_.find(std::string(key));
        if (found != values_.end()) member = static_cast<std::uint8_t>(take(found).at(0));
    }
    void all_known() const {
        if (!values_.empty()) throw std::invalid_argument("no parameter " + values_.begin()->first);
    }

private:
    using Values = std::map<std::string, std::vector<double>>;
    std::vector<double> take(Values::iterator at) {
        auto values = at->second;
        values_.erase(at);
        return values;
    }
    Values values_;
};

template <class Policy>
std::shared_ptr<const Policy> with_parameters(std::unique_ptr<Policy> policy,
                                              std::map<std::string, std::vector<double>> values) {
    ParameterSetter setter(std::move(values));
    policy->describe(setter);
    setter.all_known();
    return policy;
}

std::vector<double> popularity(const FixtureSize& size) {
    std::vector<double> weights(size.items + size.never_ordered, 0.0);
    for (std::size_t i = 0; i < size.items; ++i) weights[i] = std::pow(static_cast<double>(i + 1), -0.8);
    return weights;
}

void add_catalogue(Network& network, const FixtureSize& size) {
    network.classes = {{"A", sim::days{30}}, {"B", sim::days{90}}, {"C", sim::days{180}}};
    Supplier near{.name = "near", .key = sim::entity_hash("near"), .segment = "domestic"};
    near.lead_time_mean = near.lead_time_on_record = sim::days{7};
    near.lead_time_cv = 0.25;
    near.on_time = 0.93;
    near.delay_mean = sim::days{4};
    near.in_full = 0.95;
    near.order_lag = 5min;
    near.expedite_premium = 0.15;
    near.expedite_lead_factor = 0.5;
    Supplier far = near;
    far.name = "far";
    far.key = sim::entity_hash("far");
    far.lead_time_mean = far.lead_time_on_record = sim::days{18};
    far.review_weekday = 2;
    network.suppliers = {near, far};
    for (std::size_t i = 0; i < size.items + size.never_ordered; ++i) {
        Item item{.name = "item" + std::to_string(i)};
        item.key = sim::entity_hash(item.name);
        const std::size_t velocity = i < size.items / 5 ? 0 : i < size.items / 2 ? 1 : 2;
        item.velocity = ClassId{velocity};
        item.supplier = SupplierId{i % 3 == 0 ? 1u : 0u};
        item.seasonal = i % 4 == 0;
        item.unit_cost = Money::of(16);
        item.price = {Money::of(22), Money::of(28)};
        item.weight_lb = 0.8;
        item.pack = 6;
        item.minimum_order = 6;
        network.items.push_back(item);
    }
}

void add_customers(Network& network) {
    Tier t1{.name = "T1", .channel = Channel::b2b, .rank = 0, .promise_business_days = 2, .otif_target = 0.97};
    t1.penalty_share = 0.03;
    t1.penalty_fixed = Money::of(150);
    t1.backorder_probability = 0.95;
    t1.patience_median = sim::days{5};
    t1.escalation_probability = 0.3;
    Tier t3{.name = "T3", .channel = Channel::b2b, .rank = 1, .promise_business_days = 5};
    t3.backorder_probability = 0.6;
    t3.patience_median = sim::days{3};
    t3.escalation_probability = 0.1;
    Tier web{.name = "E", .channel = Channel::ecommerce, .rank = 2, .promise_business_days = 3};
    web.refund = Money::of(8);
    web.backorder_probability = 0.2;
    web.patience_median = sim::days{2};
    network.tiers = {t1, t3, web};
}

DemandStream stream(const Network& network, SiteId region, Channel channel, double orders,
                    const std::vector<double>& mix) {
    const bool b2b = channel == Channel::b2b;
    DemandStream s{.name = network.sites[region].name + (b2b ? "/b2b" : "/web"), .region = region, .channel = channel};
    s.key = sim::entity_hash(s.name);
    for (int day = 0; day < network.calendar.total_days(); ++day) {
        s.orders_by_day.push_back(b2b && !network.calendar.is_business_day(day) ? 0 : orders);
    }
    for (std::size_t h = 8; h < 18; ++h) s.hours[h] = 0.1;
    s.lines_mean = b2b ? kLinesB2b : kLinesWeb;
    s.units_mean = b2b ? kUnitsB2b : kUnitsWeb;
    s.units_cv2 = b2b ? 2 : 1;
    const std::vector<double> tiers = b2b ? std::vector{0.4, 0.6, 0.0} : std::vector{0.0, 0.0, 1.0};
    s.tier_mix = sim::Discrete(tiers);
    s.item_mix = {sim::Discrete(mix)};
    return s;
}

void add_sites(Network& network, const FixtureSize& size) {
    for (std::size_t i = 0; i < size.sites; ++i) {
        Site site{.name = "W" + std::to_string(size.reversed ? size.sites - 1 - i : i)};
        site.key = sim::entity_hash(site.name);
        site.pickers = size.pickers;
        site.receivers = 2;
        site.picks_on_saturday = true;
        site.pick_lines_per_hour = 40;
        site.receive_lines_per_hour = 25;
        site.productive_share = 0.85;
        site.overtime_max_hours = 2;
        site.overtime_rate_factor = 0.95;
        site.overtime_pay_factor = 1.5;
        site.wage_per_hour = Money::of(27);
        site.absence = 0.04;
        site.dock_to_stock = {2h, 5h, 12h};
        site.miscount_per_item_day = 0.0015;
        network.sites.push_back(site);
    }
    const auto weights = popularity(size);
    network.usual_daily_units.assign(size.sites, {});
    network.initial.on_hand.assign(size.sites, {});
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        network.streams.push_back(stream(network, site, Channel::b2b, size.orders_per_day, weights));
        network.streams.push_back(stream(network, site, Channel::ecommerce, size.orders_per_day, weights));
        const sim::Discrete mix(weights);
        const double units = size.orders_per_day * (kLinesB2b * kUnitsB2b * 5 / 7 + kLinesWeb * kUnitsWeb);
        for (std::uint32_t item = 0; item < network.items.size(); ++item) {
            const double daily = units * mix.probability(item);
            network.usual_daily_units[site].push_back(daily);
            const std::array<double, 3> cover_days = {41.5, 65, 150};
            const std::uint64_t key = network.items[ItemId{item}].key ^ network.sites[site].key;
            const double spread = sim::lognormal(sim::Draws(1, 0).at(0, key, 0).uniform(), 1, 0.4);
            const double cover = cover_days[network.items[ItemId{item}].velocity.index()] * spread;
            network.initial.on_hand[site].push_back(static_cast<Units>(daily * cover));
        }
    }
}

void add_transport(Network& network, const FixtureSize& size) {
    const auto carrier = [&](const char* name, Channel channel, int cutoff_hour) {
        Carrier c{.name = name, .key = sim::entity_hash(name), .channel = channel, .cutoff_minute = cutoff_hour * 60};
        c.on_time = 0.95;
        c.transit_days = {0.6, 0.4};
        c.daily_capacity.assign(size.sites, size.orders_per_day * 2);
        c.per_shipment = Money::of(15);
        c.per_lb = Money::of(0.3);
        return c;
    };
    Carrier fast = carrier("expedite", Channel::b2b, 19);
    fast.expedite = true;
    fast.transit_days = {1};
    fast.cost_factor = 2.5;
    network.carriers = {carrier("ltl", Channel::b2b, 15), carrier("parcel", Channel::ecommerce, 17), fast};
    TransferTerms& terms = network.transfer_terms;
    terms.truck_weekdays = {true, false, true, false, true, false, false};
    terms.lead_days.assign(size.sites, Column<SiteId, double>(size.sites, 2.0));
    terms.per_pallet = Money::of(85);
    terms.units_per_pallet = 400;
    terms.handling = Money::of(14);
    terms.urgent_cost_factor = 2.2;
    terms.urgent_lead_factor = 0.5;
}

}  // namespace

FixtureStrategy manual_strategy() {
    FixtureStrategy s;
    Strategy& terms = s;
    terms.name = "S0";
    terms.title = "baseline_manual";
    terms.integration.name = "legacy";
    terms.integration.batch_minute = 120;
    terms.integration.pump = 1min;
    terms.integration.release_interval = 30min;
    terms.governance.approvals = {{.name = "procurement", .above = Money::of(10000), .median = 6h, .sigma = 0.9}};
    terms.workflow.escalation_search_median = 4h;
    terms.waves.start_minutes = {360, 600, 840, 1080};
    terms.transfers.urgent_on_escalation = true;
    s.replenishment = StaleMinMax{.safety_days = {24, 35, 75}, .cover_days = {35, 60, 150}, .staleness_sigma = 0.4};
    s.priority = Fifo{};
    return s;
}

FixtureStrategy orchestrated_strategy() {
    FixtureStrategy s;
    Strategy& terms = s;
    terms.name = "S6";
    terms.title = "ai_orchestrated";
    terms.integration.name = "modern";
    terms.integration.latency_median = 30s;
    terms.integration.latency_sigma = 1.2;
    terms.integration.pump = 1min;
    terms.integration.release_interval = 1min;
    terms.governance.rights.purchase = terms.governance.rights.transfer = {Role::system, Role::planner};
    terms.governance.guardrails = {
        {.name = "value", .most_value = Money::of(5000)},
        {.name = "confidence", .least_confidence = 0.5},
        {.name = "change", .most_change = 0.5},
        {.name = "transfer_value", .decision = DecisionKind::transfer, .most_value = Money::of(10000)}};
    terms.governance.approvals = {{.name = "procurement", .above = Money::of(10000), .median = 2h, .sigma = 0.9}};
    terms.workflow.escalation_search_median = 1h;
    terms.waves.interval = 30min;
    terms.transfers = {true, true, 14, 5};
    terms.expedite_late_orders = true;
    s.replenishment = ForecastQuantile{.service = {0.98, 0.95, 0.9}, .cover_days = {7, 20, 60}};
    s.priority = CompositeScore{.tier = 0.4, .slack = 0.3, .penalty = 0.2, .age = 0.1};
    s.promise = PromiseRule::available_to_promise;
    return s;
}

StaleMinMax::operator Replenishment() const {
    return {with_parameters(stale_min_max(), {{"safety", safety_days},
                                              {"cover", cover_days},
                                              {"refresh", {refresh_days}},
                                              {"history", {history_days}},
                                              {"staleness_sigma", {staleness_sigma}}}),
            review};
}

ClassPolicy::operator Replenishment() const {
    return {
        with_parameters(
            class_service(),
            {{"service", service}, {"cover", cover_days}, {"refresh", {refresh_days}}, {"history", {history_days}}}),
        review};
}

NamedPolicy::operator Replenishment() const {
    for (const auto& kind : built_in_policies().levels) {
        if (kind.name == name) return {with_parameters(kind.make(), parameters), review};
    }
    throw std::invalid_argument("no policy " + name);
}

ForecastQuantile::operator Replenishment() const {
    return {with_parameters(forecast_quantile(), {{"service", service},
                                                  {"cover", cover_days},
                                                  {"smoothing", {smoothing}},
                                                  {"alarm_smoothing", {alarm_smoothing}},
                                                  {"alarm_threshold", {alarm_threshold}},
                                                  {"least_variance", {least_variance}}}),
            review};
}

Fifo::operator Priority() const { return fifo(); }
TierThenDate::operator Priority() const { return tier_then_date(); }
CompositeScore::operator Priority() const {
    return with_parameters(composite(), {{"tier", {tier}},
                                         {"slack", {slack}},
                                         {"penalty", {penalty}},
                                         {"age", {age}},
                                         {"horizon", {horizon_days}},
                                         {"penalty_scale", {penalty_scale}}});
}

void replenish(Network& network, const Replenishment& replenishment) {
    network.policies = {planned_by(replenishment.levels, replenishment.review)};
    network.policy_of.assign(network.sites.size(), Column<ItemId, std::uint16_t>(network.items.size(), 0));
}

void prioritise(Network& network, const Priority& priority) {
    network.priority_of.assign(network.sites.size(), priority);
}

void follow(Network& network, const FixtureStrategy& strategy) {
    network.strategy = strategy;
    replenish(network, strategy.replenishment);
    prioritise(network, strategy.priority);
    network.promise_of.assign(network.tiers.size(), strategy.promise);
    finish(network);
}

Network small_network(const FixtureSize& size) {
    Network network;
    network.name = "fixture";
    network.calendar = {"2026-01-05", 0, size.days / 3, size.days / 3, size.days - 2 * (size.days / 3)};
    add_catalogue(network, size);
    add_customers(network);
    add_sites(network, size);
    add_transport(network, size);
    network.noise = {0.1, 0.3};
    Office& office = network.office;
    office.planners = 2;
    office.service_agents = 2;
    office.productive_hours = 6.8;
    office.start_hour = 8;
    office.planner_cost_per_hour = office.agent_cost_per_hour = Money::of(52);
    office.minutes_per_line = 5;
    office.minutes_per_review = 2;
    office.minutes_per_exception = 12;
    office.agent_minutes_per_escalation = 10;
    follow(network, manual_strategy());
    return network;
}

}  // namespace entrepot::tests

#include "effects.hpp"

namespace entrepot::tests {

namespace {

using Changes = std::vector<Change>;

/// The study and what it is about.
const Changes kStudy = {
    {"currency",
     "expected",
     {R"(currency="EUR")", R"(finance.implementation="1000 EUR")", R"(finance.integration="0 EUR")"},
     Shown::on_pages},
    {"study.comparator", "planners", {R"(study.comparator="S6")"}},
    {"study.precision_of", "precise", {R"(study.precision_of=["mean_on_hand"])"}},
    {"study.most_replications", "precise", {"study.most_replications=12"}},
    {"class.*.items", "planners", {"class.A.items=0.4", "class.B.items=0.1"}},
    {"class.*.volume", "planners", {"class.A.volume=0.6", "class.B.volume=0.35"}},
    {"items.file", "listed", {R"(items.file="@other_items.csv")"}},
    {"finance.other_cash_flows", "planners", {R"(finance.other_cash_flows=["1000 USD"])"}},
};

const Changes kDemand = {
    {"demand.history.file", "records", {R"(demand.history.file="@more_records.csv")"}},
    {"demand.history.price_file", "records", {R"(demand.history.price_file="@other_prices.csv")"}},
    {"demand.history.columns.date", "records", {R"(demand.history.columns.date="due")"}},
    {"demand.history.columns.warehouse", "records", {R"(demand.history.columns.warehouse="depot")"}},
    {"demand.history.columns.item", "records", {R"(demand.history.columns.item="article")"}},
    {"demand.history.columns.units", "records", {R"(demand.history.columns.units="counted")"}},
    {"demand.history.columns.price", "records", {R"(demand.history.columns.price="other")"}},
    {"demand.history.decimal", "records", {R"(demand.history.decimal="point")"}},
    {"demand.history.date_order", "records", {R"(demand.history.date_order="month_first")"}},
    {"demand.history.sites", "records", {R"(demand.history.sites=["R2", "R1", "R3", "R4", "R5", "R6"])"}},
    {"site.*.history_name", "records", {R"(site.NE.history_name="R2")", R"(site.SE.history_name="R1")"}},
    {"stream.*.site", "stocks", {R"(stream.minor.site="E")"}},
    {"stream.*.tier", "stocks", {R"(stream.minor.tier="customers")"}},
    {"stream.*.item", "stocks", {R"(stream.minor.item="A0002")"}},
    {"stream.*.basket.*.probability",
     "stocks",
     {"stream.baskets.basket.both.probability=0.2", "stream.baskets.basket.one.probability=0.8"}},
    {"burst.*.tier", "planners", {R"(burst.contracts.tier="T2")"}},
    {"burst.*.at", "planners", {R"(burst.contracts.at="West")"}},
};

const Changes kNetwork = {
    {"tier.*.channel",
     "planners",
     {R"(tier.T2.channel="ecommerce")", "tier.T1.share=1", "tier.T2.share=0.5", "tier.E.share=0.5"}},
    {"tier.*.share", "planners", {"tier.T1.share=0.7", "tier.T2.share=0.3"}},
    {"site.*.share", "planners", {"site.North.share=0.3", "site.South.share=0.5"}},
    {"site.*.cross_training.dock_backlog",
     "hands",
     {R"(site.North.cross_training.dock_backlog="20 h")", R"(site.South.cross_training.dock_backlog="20 h")",
      R"(site.West.cross_training.dock_backlog="20 h")"}},
    {"site.*.dock_to_stock", "planners", {R"(site.North.dock_to_stock=["20 h", "30 h", "40 h"])"}},
    {"office.judgement.acceptance_least", "governance", {R"(office.judgement.acceptance_least="62 %")"}},
    {"office.judgement.acceptance_gain", "governance", {"office.judgement.acceptance_gain=0"}},
    {"office.judgement.acceptance_most", "governance", {R"(office.judgement.acceptance_most="56 %")"}},
    {"suppliers.confirm_api",
     "planners",
     {"suppliers.confirm_api=1", "suppliers.confirm_edi=0", "suppliers.confirm_email=0"}},
    {"suppliers.confirm_edi", "planners", {"suppliers.confirm_edi=0", "suppliers.confirm_email=0.6"}},
    {"suppliers.confirm_email", "planners", {"suppliers.confirm_email=0", "suppliers.confirm_api=0.6"}},
    {"suppliers.record_biased_share", "planners", {"suppliers.record_biased_share=1"}},
    {"supplier_segment.*.items", "planners", {"supplier_segment.near.items=0.2", "supplier_segment.far.items=0.8"}},
    {"transfers.truck_days", "planners", {R"(transfers.truck_days=["Tue"])"}},
    {"transfers.leaves", "planners", {R"(transfers.leaves="01:00")"}},
    {"transfers.lane.*.from", "planners", {R"(transfers.lane.long.from="West")"}},
    {"transfers.lane.*.to", "planners", {R"(transfers.lane.long.to="West")"}},
    {"integration.*.release_interval", "planners", {R"(integration.legacy.release_interval="7 h")"}},
    {"disturbance.*.kind", "planners", {R"(disturbance.short.kind="absence")", R"(disturbance.short.carrier="")"}},
    {"disturbance.*.after", "systems", {R"(disturbance.follows.after="blind")"}},
    {"disturbance.*.supplier", "planners", {R"(disturbance.slip.supplier="near#2")"}},
    {"disturbance.*.carrier", "planners", {R"(disturbance.short.carrier="parcel")"}},
    {"disturbance.*.site", "planners", {R"(disturbance.short.site="North")"}},
};

const Changes kStrategies = {
    {"class.*.substitutes", "systems", {"class.A.substitutes=0"}},
    {"strategy.*.substitution.tiers", "systems", {R"(strategy.linked.substitution.tiers=["T2"])"}},
    {"strategy.*.substitution.classes",
     "systems",
     {R"(strategy.linked.substitution.classes=["B"])", "class.B.substitutes=1"}},
    {"strategy.*.allocation.classes", "systems", {R"(strategy.linked.allocation.classes=["B"])"}},
    {"strategy.*.base", "planners", {R"(strategy.S1.base="late")"}},
    {"strategy.*.replenishment.policy",
     "expected",
     {R"(strategy.rule.replenishment.policy="fixed_levels")", "strategy.rule.replenishment.reorder_point=2",
      "strategy.rule.replenishment.order_up_to=3"}},
    {"strategy.*.replenishment.fixed_levels.quantity", "levels", {"strategy.sourced.replenishment.quantity=12"}},
    {"strategy.*.replenishment.fixed_levels.review_day",
     "supply",
     {R"(strategy.weekly.replenishment.review_day="Thu")"}},
    {"strategy.*.replenishment.fixed_levels.source", "levels", {R"(strategy.sourced.replenishment.source="")"}},
    {"strategy.*.replenishment.fixed_levels.forecast.demand",
     "levels",
     {R"(strategy.forecast.replenishment.forecast.demand="customers")"}},
    {"strategy.*.priority.policy", "planners", {R"(strategy.S1.priority.policy="fifo")"}},
    {"strategy.*.bind.*.decision",
     "binds",
     {R"(strategy.partly.bind.east={ decision = "priority", site = "North", policy = "tier_then_date" })"}},
    {"strategy.*.bind.*.site", "binds", {R"(strategy.bound.bind.west.site="North")"}},
    {"strategy.*.bind.*.item", "binds", {R"(strategy.bound.bind.one.item="C0001")"}},
    {"strategy.*.bind.*.class", "binds", {R"(strategy.bound.bind.fast.class="B")"}},
    {"strategy.*.bind.*.supplier_segment", "binds", {R"(strategy.bound.bind.slow.supplier_segment="near")"}},
    {"strategy.*.bind.*.tier", "binds", {R"(strategy.bound.bind.promised.tier="T1")"}},
    {"strategy.*.bind.*.policy",
     "binds",
     {R"(strategy.bound.bind.first={ decision = "priority", site = "North", policy = "tier_then_date" })"}},
    {"strategy.*.forecast.source", "data", {R"(strategy.assumed.forecast.source="perfect")"}},
    {"strategy.*.forecast.wmape", "data", {"strategy.assumed.forecast.wmape={ A = 1, B = 1, C = 1 }"}},
    {"strategy.*.rights.purchase", "governance", {R"(strategy.S6.rights.purchase=["planner"])"}},
    {"strategy.*.rights.transfer", "governance", {R"(strategy.S6.rights.transfer=["finance"])"}},
    {"strategy.*.rights.escalation", "governance", {R"(strategy.S0.rights.escalation=["planner"])"}},
    {"strategy.*.rights.supplier_exception", "governance", {R"(strategy.S0.rights.supplier_exception=["finance"])"}},
    {"master_data.units", "systems", {"master_data.units=0.75", "master_data.classes=0"}},
    {"master_data.costs", "systems", {"master_data.costs=0.5", "master_data.classes=0"}},
    {"master_data.classes", "systems", {"master_data.classes=0.5", "master_data.costs=0"}},
    {"master_data.lead_times", "data", {"master_data.lead_times=0.4", "master_data.minimums=0"}},
    {"master_data.minimums", "data", {"master_data.minimums=0", "master_data.packs=0.35"}},
    {"master_data.packs", "data", {"master_data.packs=0", "master_data.warehouses=0.3"}},
    {"master_data.warehouses", "data", {"master_data.warehouses=0", "master_data.lead_times=0.35"}},
    {"hold.*.reason", "systems", {R"(hold.account.reason="data")"}},
    {"hold.*.tiers", "systems", {R"(hold.account.tiers=["E"])"}},
    {"strategy.*.rights.keying", "systems", {R"(strategy.linked.rights.keying=["service_agent"])"}},
    {"strategy.*.rights.credit_hold", "systems", {R"(strategy.middled.rights.credit_hold=["planner"])"}},
    {"strategy.*.rights.data_hold", "systems", {R"(strategy.middled.rights.data_hold=["planner"])"}},
    {"strategy.*.integration.link.*.interfaces",
     "systems",
     {R"(strategy.middled.integration.link.bus.interfaces=["posting"])"}},
    {"integration.*.link.*.interfaces", "systems", {R"(integration.middle.link.bus.interfaces=["posting"])"}},
    {"strategy.*.rights.integration_exception",
     "systems",
     {R"(strategy.middled.rights.integration_exception=["planner"])"}},
    {"strategy.*.rights.override", "governance", {R"(strategy.S6.rights.override=[])"}},
    {"strategy.*.rights.promise_change", "governance", {R"(strategy.routed.rights.promise_change=["system"])"}},
    {"strategy.*.rights.alert", "governance", {R"(strategy.routed.rights.alert=["system"])"}},
    {"strategy.*.rights.priority_exception",
     "governance",
     {R"(strategy.routed.rights.priority_exception=["service_agent"])"}},
    {"strategy.*.rights.allocation_override",
     "governance",
     {R"(strategy.routed.rights.allocation_override=["service_lead"])"}},
    {"strategy.*.guardrail.*.tiers", "governance", {R"(strategy.routed.guardrail.promised.tiers=["E"])"}},
    {"strategy.*.approval.*.tiers", "governance", {R"(strategy.routed.approval.customers.tiers=["E"])"}},
    {"strategy.*.route.*.decisions", "governance", {R"(strategy.routed.route.ignored.decisions=["transfer"])"}},
    {"strategy.*.route.*.class", "governance", {R"(strategy.routed.route.fast.class="B")"}},
    {"strategy.*.route.*.tiers", "governance", {R"(strategy.routed.route.contracts.tiers=["E"])"}},
    {"strategy.*.route.*.to", "governance", {R"(strategy.routed.route.dear.to="planner")"}},
    {"strategy.*.guardrail.*.site", "governance", {R"(strategy.scoped.guardrail.here.site="South")"}},
    {"strategy.*.guardrail.*.item", "governance", {R"(strategy.scoped.guardrail.one.item="A0002")"}},
    {"strategy.*.guardrail.*.class", "governance", {R"(strategy.scoped.guardrail.fast.class="B")"}},
    {"strategy.*.guardrail.*.supplier_segment", "governance", {R"(strategy.S6.guardrail.near.supplier_segment="far")"}},
    {"strategy.*.approval.*.decisions", "governance", {R"(strategy.S6.approval.procurement.decisions=["transfer"])"}},
    {"strategy.*.approval.*.escalates_to", "governance", {R"(strategy.S0.approval.procurement.escalates_to="money")"}},
    {"office.skill_group.*.role", "governance", {R"(office.skill_group.buyers.role="service_agent")"}},
    {"office.skill_group.*.decisions", "governance", {R"(office.skill_group.buyers.decisions=["supplier_exception"])"}},
    {"office.skill_group.*.sites", "governance", {R"(office.skill_group.buyers.sites=["South"])"}},
    {"office.overload.skip_after", "governance", {R"(office.overload.skip_after="10 h")"}},
    {"strategy.*.waves.starts", "planners", {R"(strategy.S0.waves.starts=["08:30", "15:30"])"}},
};

const Changes kStocks = {
    {"stock.*.site", "supply", {R"(stock.east.site="W")"}},
    {"stock.*.item", "stocks", {R"(stock.E.item="A0001")"}},
    {"stock.*.class", "binds", {R"(stock.fast.class="B")"}},
    {"stock.*.supplier_segment", "binds", {R"(stock.near.supplier_segment="near")"}},
    {"stock.*.review_day", "supply", {R"(stock.east.review_day="Thu")"}},
    {"stock.*.source", "stocks", {R"(stock.E.source="")"}},
    {"stock.*.forecast.demand", "stocks", {R"(stock.N.forecast.demand="customers")"}},
    {"crew_pool.*.slack", "hands", {R"(crew_pool.all.slack="7 h")"}},
    {"crew_pool.*.sites", "hands", {R"(crew_pool.all.sites=["North", "South"])"}},
    {"pool.*.sites", "stocks", {R"(pool.all.sites=["W", "N"])"}},
    {"pool.*.lenders", "stocks", {R"(pool.all.lenders=["N"])"}},
};

const Changes kExpectations = {
    {"calibration.*.kpi", "expected", {R"(calibration.fill.kpi="mean_on_hand")"}},
    {"calibration.*.site", "expected", {R"(calibration.there.site="E")"}},
    {"calibration.*.tier", "expected", {R"(calibration.theirs.tier="others")"}},
    {"calibration.*.phase", "expected", {R"(calibration.then.phase="late")"}},
    {"calibration.*.at_least", "expected", {"calibration.there.at_least=2"}},
    {"calibration.*.at_most", "expected", {"calibration.fill.at_most=0.11"}},
    {"verify.*.strategy", "expected", {R"(verify.fill.strategy="other")"}},
    {"verify.*.kpi", "expected", {R"(verify.fill.kpi="mean_on_hand")"}},
    {"verify.*.site", "expected", {R"(verify.bounds.site="E")"}},
    {"verify.*.tier", "expected", {R"(verify.tier.tier="others")"}},
    {"verify.*.phase", "expected", {R"(verify.phase.phase="late")"}},
    {"verify.*.moment", "expected", {R"(verify.at.moment="end")"}},
    {"verify.*.expected", "expected", {"verify.fill.expected=0.8"}},
    {"verify.*.never", "expected", {"verify.back.never=false", "verify.back.expected=1", "verify.back.absolute=1"}},
    {"verify.*.relative", "expected", {"verify.relative.relative=0.5"}},
};

}  // namespace

const std::vector<Change>& changes() {
    static const std::vector<Change> all = [] {
        std::vector<Change> joined;
        for (const Changes& part : {kStudy, kDemand, kNetwork, kStrategies, kStocks, kExpectations}) {
            joined.insert(joined.end(), part.begin(), part.end());
        }
        return joined;
    }();
    return all;
}

}  // namespace entrepot::tests

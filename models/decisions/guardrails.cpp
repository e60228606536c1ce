#include "models/decisions/guardrails.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/decisions/approvals.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/execution.hpp"
#include "models/decisions/hindsight.hpp"
#include "models/decisions/office.hpp"
#include "models/network/calendar.hpp"
#include "models/records/master_data.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

namespace {

bool concerns(const Guardrail& guardrail, const Headquarters& hq, const Recommendation& what, const Network& network) {
    const Item& item = network.items[what.item];
    return guardrail.decision == what.kind && (!guardrail.site || *guardrail.site == what.site) &&
           (!guardrail.item || *guardrail.item == what.item) &&
           (!guardrail.velocity || *guardrail.velocity == class_on_record(hq, what.item, network)) &&
           (guardrail.suppliers.empty() || guardrail.suppliers[item.supplier.index()]) &&
           (guardrail.tiers.empty() || (what.tier < guardrail.tiers.size() && guardrail.tiers[what.tier]));
}

DayAccount today(const DayAccount& account, int day) { return account.day == day ? account : DayAccount{{}, day, 0}; }

/// A guardrail's measures of one recommendation.
class Measures {
public:
    Measures(const Headquarters& hq, const Guardrail& guardrail, const DayAccount& released, const Recommendation& what,
             const Network& network)
        : hq_(hq), g_(guardrail), released_(released), what_(what), network_(network) {}

    bool struck(Units units) const {
        return no_measures() || units > most_units() || too_many() || too_unsure() || too_far_from_usual(units) ||
               supplier_too_unsteady() || earns_too_little(units);
    }

    /// Units that measures of size allow.
    double most_units() const {
        double most = std::numeric_limits<double>::infinity();
        const Money cost = cost_on_record(hq_, what_.item, network_);
        const auto worth = [&](Money value) {
            if (cost.micros <= 0) return std::numeric_limits<double>::infinity();
            return static_cast<double>(std::max<std::int64_t>(0, value.micros) / cost.micros);
        };
        if (g_.most_value) most = std::min(most, worth(*g_.most_value));
        if (g_.most_value_a_day) most = std::min(most, worth(*g_.most_value_a_day - released_.value));
        if (too_many()) most = 0;
        if (g_.least_donor_cover) most = std::min(most, what_.donor_net - *g_.least_donor_cover * what_.donor_rate);
        return most;
    }

    /// The same, with as much more than usual as it allows.
    double cap() const {
        if (!g_.most_change || what_.usual_quantity <= 0) return most_units();
        return std::min(most_units(), what_.usual_quantity * (1 + *g_.most_change));
    }

    /// The measures of one quantity, whatever else was decided on the day.
    bool too_large(Units units) const {
        const bool dear = g_.most_value && cost_on_record(hq_, what_.item, network_) * units > *g_.most_value;
        return dear || too_far_from_usual(units);
    }

private:
    /// All that is in its scope is beyond it.
    bool no_measures() const {
        return !(g_.most_value || g_.least_confidence || g_.most_change || g_.least_donor_cover ||
                 g_.most_lead_time_cv || g_.least_margin || g_.keeps_account());
    }
    bool too_many() const { return g_.most_a_day && released_.decisions >= *g_.most_a_day; }
    bool earns_too_little(Units units) const {
        if (!g_.least_margin) return false;
        const Item& item = network_.items[what_.item];
        const Money freight = haul_cost(network_.transfer_terms, units, TransferMode::scheduled);
        return (item.price[0] - cost_on_record(hq_, what_.item, network_)) * units - freight < *g_.least_margin;
    }
    bool too_unsure() const { return g_.least_confidence && what_.confidence < *g_.least_confidence; }
    bool too_far_from_usual(Units units) const {
        if (!g_.most_change || what_.usual_quantity <= 0) return false;
        return std::abs(units / what_.usual_quantity - 1) > *g_.most_change;
    }
    bool supplier_too_unsteady() const {
        if (!g_.most_lead_time_cv) return false;
        const LeadTimeEstimate& known = hq_.lead_times[network_.items[what_.item].supplier];
        return std::sqrt(known.variance) > *g_.most_lead_time_cv * known.mean;
    }

    const Headquarters& hq_;
    const Guardrail& g_;
    DayAccount released_;
    const Recommendation& what_;
    const Network& network_;
};

}  // namespace

Checked check_guardrails(const Headquarters& hq, const Recommendation& what, Context& context) {
    const Network& network = context.network();
    const std::vector<Guardrail>& guardrails = network.strategy.governance.guardrails;
    const int day = day_of(context.now());
    const Money value = cost_on_record(hq, what.item, network) * what.units;
    Checked checked{Verdict::within, what.units};
    const auto look = [&](bool caps) {
        for (std::size_t i = 0; i < guardrails.size(); ++i) {
            const Guardrail& guardrail = guardrails[i];
            if ((guardrail.action == GuardrailAction::cap) != caps || !concerns(guardrail, hq, what, network)) continue;
            const Measures measures(hq, guardrail, today(hq.released[i], day), what, network);
            const bool struck = caps ? checked.units > measures.cap() : measures.struck(checked.units);
            context.tell(GuardrailMet{value.micros, what.number, static_cast<std::uint16_t>(i),
                                      static_cast<std::uint8_t>(what.kind), struck});
            if (!struck) continue;
            if (caps) {
                const double packs = std::max(0.0, std::floor(measures.cap() / what.pack));
                checked.units = static_cast<Units>(packs) * what.pack;
            } else if (guardrail.action == GuardrailAction::block) {
                checked.verdict = Verdict::blocked;
            } else if (checked.verdict == Verdict::within) {
                checked.verdict = Verdict::routed;
            }
        }
    };
    look(true);
    if (checked.units == 0 && what.units > 0) checked.verdict = Verdict::blocked;
    look(false);
    return checked;
}

bool is_beyond_limits(const Headquarters& hq, const Case& one, const Network& network) {
    const ItemId item = item_of(one.about);
    const SiteId site = site_of(one.about);
    const Recommendation chosen{.kind = one.kind,
                                .item = item,
                                .site = site,
                                .units = one.units,
                                .usual_quantity = hq.levels[hq.location(site, item)].usual_quantity,
                                .tier = tier_concerned(one)};
    return std::ranges::any_of(network.strategy.governance.guardrails, [&](const Guardrail& guardrail) {
        return concerns(guardrail, hq, chosen, network) &&
               Measures(hq, guardrail, {}, chosen, network).too_large(one.units);
    });
}

namespace {

/// The system has released it: guardrails that count by the day know of it.
void note_released(Headquarters& hq, const Recommendation& what, Context& context) {
    const Network& network = context.network();
    const std::vector<Guardrail>& guardrails = network.strategy.governance.guardrails;
    for (std::size_t i = 0; i < guardrails.size(); ++i) {
        if (!guardrails[i].keeps_account() || !concerns(guardrails[i], hq, what, network)) continue;
        DayAccount& account = hq.released[i] = today(hq.released[i], day_of(context.now()));
        account.value += cost_on_record(hq, what.item, network) * what.units;
        ++account.decisions;
    }
}

}  // namespace

void decide_by_system(Headquarters& hq, std::uint32_t place, Context& context) {
    const Case& one = hq.cases[place];
    const Recommendation recommended{.number = one.number,
                                     .kind = one.kind,
                                     .item = item_of(one.about),
                                     .site = site_of(one.about),
                                     .units = one.units,
                                     .tier = tier_concerned(one)};
    take_step(hq, place, CaseStep::recommended, Role::system, context);
    follow_verdict(hq, place, check_guardrails(hq, recommended, context), recommended, context);
}

void follow_verdict(Headquarters& hq, std::uint32_t place, const Checked& checked, Recommendation recommended,
                    Context& context) {
    const auto check = [&](StepOutcome outcome) {
        take_step(hq, place, CaseStep::checked, Role::system, context, outcome);
    };
    const bool cut = checked.units != recommended.units;
    hq.cases[place].wanted.struck = cut || checked.verdict != Verdict::within;
    if (checked.verdict == Verdict::blocked) {
        check(StepOutcome::blocked);
        if (recommended.kind == DecisionKind::purchase) note_decision(hq, place, true, context);
        return drop(hq, place, context);
    }
    if (cut) {
        recommended.units = hq.cases[place].wanted.left = checked.units;
        resize(hq, place, checked.units, context);
        check(StepOutcome::capped);
    }
    if (checked.verdict == Verdict::routed) {
        check(StepOutcome::stopped);
        return recommend(hq, place, context);
    }
    if (!cut) check(StepOutcome::within);
    note_released(hq, recommended, context);
    hq.cases[place].recommended = Recommended::released;
    seek_approval(hq, place, context);
}

}  // namespace entrepot::models

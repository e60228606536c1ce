#include "models/decisions/judgement.hpp"

#include <algorithm>
#include <cmath>

#include "models/decisions/cases.hpp"
#include "models/decisions/execution.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/office.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/master_data.hpp"

namespace entrepot::models {

namespace {

/// Whole packs, at least one.
Units in_packs(double units, Units pack) {
    constexpr double kMost = 1e9;
    const double packs = std::max(1.0, std::round(std::min(units, kMost) / pack));
    return static_cast<Units>(packs) * pack;
}

/// A person decides on another quantity than lay before him. Returns whether it comes to another one in whole packs.
bool change(Headquarters& hq, std::uint32_t place, double units, StepOutcome how, Context& context) {
    const Case& one = hq.cases[place];
    const Units now = in_packs(units, sizes_on_record(hq, item_of(one.about), context.network()).pack);
    if (now == one.units) return false;
    resize(hq, place, now, context);
    hq.cases[place].wanted.mistaken = how == StepOutcome::mistaken;
    take_step(hq, place, CaseStep::changed, one.role, context, how);
    return true;
}

/// Expected units a day of the next weeks, as somebody knows who has talked to the customers; none: nobody expects.
double expected_rate(const Network& network, StockKey about, Time now) {
    if (network.outlook.empty()) return 0;
    const auto week = std::min(static_cast<std::size_t>(day_of(now)) / 7, network.outlook.size() - 1);
    return network.outlook[week][site_of(about)][item_of(about).index()];
}

/// The quantity by what demand will be: the levels were made for another rate.
double informed_quantity(const Headquarters& hq, const Case& one, const Network& network, Time now) {
    const LocationId location = hq.location(site_of(one.about), item_of(one.about));
    const Levels& levels = hq.levels[location];
    const double expected = expected_rate(network, one.about, now);
    if (expected <= 0 || levels.daily_rate <= 0) return one.units;
    const double position = hq.view[location].net + hq.view[location].on_order - one.units;
    return levels.order_up_to * (expected / levels.daily_rate) - position;
}

void consider(Headquarters& hq, std::uint32_t place, Context& context) {
    const Network& network = context.network();
    const Judgement& judgement = network.office.judgement;
    Case& one = hq.cases[place];
    one.recommended = Recommended::accepted;
    if (hq.acceptance >= 1) return;
    sim::Stream draws = draws_at(hq, one, purpose::acceptance, context);
    if (draws.uniform() < hq.acceptance || one.number == hq.not_overridden) return;
    const double insight = draws.uniform(), noise = sim::normal_quantile(draws.uniform());
    const auto& may = network.strategy.governance.rights.override_recommendation;
    if (std::ranges::count(may, one.role) == 0) {
        one.recommended = Recommended::refused;
        return take_step(hq, place, CaseStep::changed, one.role, context, StepOutcome::refused);
    }
    const bool informed = insight < judgement.override_insight;
    const double units = informed ? informed_quantity(hq, one, network, context.now())
                                  : one.units * std::exp(judgement.override_sigma * noise);
    const bool changed = change(hq, place, units, informed ? StepOutcome::informed : StepOutcome::none, context);
    if (changed) one.recommended = Recommended::changed;
    if (changed && is_beyond_limits(hq, one, network)) {
        take_step(hq, place, CaseStep::checked, one.role, context, StepOutcome::beyond);
    }
}

/// A person looks twice at a quantity that is a pack's size too large, and puts it right. Returns whether he does.
bool sees_wrong_unit(Headquarters& hq, std::uint32_t place, Context& context) {
    const Network& network = context.network();
    Case& one = hq.cases[place];
    const ItemId item = item_of(one.about);
    if (draws_at(hq, one, purpose::second_look, context).uniform() >= network.office.judgement.sees_wrong_units) {
        return false;
    }
    PurchaseLine& line = hq.purchases[one.subject];
    line.record.wrong_unit = false;
    if (line.prepared) one.recommended = Recommended::changed;
    change(hq, place, static_cast<double>(one.units) / network.items[item].pack, StepOutcome::corrected, context);
    report_error(hq, item, context);
    return true;
}

void key_in(Headquarters& hq, std::uint32_t place, Context& context) {
    const Office& office = context.network().office;
    const Case& one = hq.cases[place];
    const double wrong = office.judgement.keying_errors + (one.hasty ? office.overload.haste_errors : 0);
    if (wrong <= 0) return;
    sim::Stream draws = draws_at(hq, one, purpose::keying, context);
    if (draws.uniform() >= wrong) return;
    const double factor = std::exp(office.judgement.keying_sigma * sim::normal_quantile(draws.uniform()));
    change(hq, place, one.units * factor, StepOutcome::mistaken, context);
}

}  // namespace

void judge_line(Headquarters& hq, std::uint32_t place, Context& context) {
    const PurchaseLine& line = hq.purchases[hq.cases[place].subject];
    if (line.of_second) return;  // the site has counted on it
    if (line.record.wrong_unit && sees_wrong_unit(hq, place, context)) return;
    line.prepared ? consider(hq, place, context) : key_in(hq, place, context);
}

TrustTerms of_recommendations(const Judgement& people) {
    return {people.acceptance_gain, people.acceptance_loss, people.acceptance_least, people.acceptance_most};
}

TrustTerms of_alerts(const Judgement& people) {
    return {people.attention_gain, people.attention_loss, people.attention_least, 1};
}

void learn(double& trust, bool failed, const TrustTerms& terms) {
    if (terms.gain + terms.loss <= 0) return;
    trust = std::clamp(trust + (failed ? -terms.loss : terms.gain), terms.least, terms.most);
}

}  // namespace entrepot::models

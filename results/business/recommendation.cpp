#include "results/business/recommendation.hpp"

#include <fmt/format.h>

#include "results/text/format.hpp"

namespace entrepot::results {

namespace {

using Advice = Recommendation::Advice;

/// What a recommendation says of the replications behind it.
std::string evidence(const Roi& roi) {
    if (roi.standing != Standing::confirmed) return "";
    return fmt::format(", in {} that had no part in choosing it", observations_text(roi.fresh, roi.antithetic, true));
}

/// Strategies whose value may be as high as that of the best one.
std::string rivals(const Study& study, const Roi& roi) {
    std::string names;
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const Interval& npv = roi.strategies[s].npv;
        if (s == roi.best || !npv.has_interval || npv.high < roi.strategies[*roi.best].npv.low) continue;
        names += (names.empty() ? "" : ", ") + study.strategies[s];
    }
    return names.empty() ? ""
                         : fmt::format(" Its interval overlaps that of {}, so the order among them is open.", names);
}

}  // namespace

Recommendation recommend(const Study& study, const Roi& roi) {
    if (study.strategies.empty()) return {Advice::nothing_to_decide, {}, "The study holds no strategy."};
    const std::size_t comparator = comparator_of(study);
    const std::string base = strategy_text(study, comparator);
    if (!roi.best) {
        return {
            Advice::nothing_to_decide, {}, fmt::format("There is nothing to decide: the study holds {} only.", base)};
    }
    if (study.ending == Ending::under_way) {
        return {Advice::run_more, {}, "The study had not ended when the file was written: it advises nothing yet."};
    }
    const std::string& currency = study.dimensions.currency;
    const std::string name = strategy_text(study, *roi.best);
    const Interval& npv = roi.strategies[*roi.best].npv;
    const std::string value = money_text(npv.estimate, currency);
    if (!npv.has_interval) {
        return {
            Advice::run_more,
            {},
            fmt::format("One replication supports no recommendation: in it the net present value of {} over {} came to "
                        "{}, and chance alone may have made that. Run more replications.",
                        name, base, value)};
    }
    Numbers numbers;
    numbers.take(npv);
    const Notation money = Notation::money(numbers, currency);
    const std::string range = fmt::format("{} (95 % interval {} to {})", money.value(npv.estimate),
                                          money.value(npv.low), money.value(npv.high));
    const int years = roi.inputs.years;
    if (npv.low > 0 && roi.standing == Standing::unconfirmed) {
        return {Advice::confirm,
                {},
                fmt::format("{} did best of {} alternatives to {}, but what it is worth is not confirmed on fresh "
                            "replications: those that chose it flatter it. Run the study without --no-confirm.{}",
                            name, study.strategies.size() - 1, base, rivals(study, roi))};
    }
    if (npv.low > 0) {
        return {Advice::adopt, roi.best,
                fmt::format("Adopt {}: over {} years it is worth {} more than {}{}.{}", name, years, range, base,
                            evidence(roi), rivals(study, roi))};
    }
    if (npv.high < 0) {
        return {
            Advice::keep, comparator,
            fmt::format("Keep {}: the best alternative, {}, costs more than it brings: its net present value over {} "
                        "years is {}{}.",
                        base, name, years, range, evidence(roi))};
    }
    return {Advice::open,
            {},
            fmt::format("Not distinguishable: what the best alternative, {}, is worth over {} can't be told from zero: "
                        "{} over {} years{}.",
                        name, base, range, years, evidence(roi))};
}

std::string advice_text(Advice advice) {
    switch (advice) {
        case Advice::nothing_to_decide:
            return "nothing to decide";
        case Advice::run_more:
            return "run more replications";
        case Advice::confirm:
            return "confirm on fresh replications";
        case Advice::adopt:
            return "adopt";
        case Advice::keep:
            return "keep";
        case Advice::open:
            return "not distinguishable";
    }
    return "";
}

std::string standing_text(const Study& study, const Roi& roi) {
    if (!roi.best || roi.standing == Standing::no_choice) return "";
    const std::string& currency = study.dimensions.currency;
    const std::string& name = study.strategies[*roi.best];
    const std::string in = observations_text(roi.observations, roi.antithetic);
    const std::size_t alternatives = study.strategies.size() - 1;
    const std::string chosen =
        alternatives == 1
            ? fmt::format("{} was the only alternative in {}", name, in)
            : fmt::format("{} had the highest net present value of {} alternatives in {}", name, alternatives, in);
    if (roi.standing == Standing::unconfirmed && roi.observations < 2) {
        return fmt::format("{}. What it is worth is not confirmed on fresh replications: that needs at least {}.\n",
                           chosen, observations_text(2, roi.antithetic));
    }
    if (roi.standing == Standing::unconfirmed) {
        return chosen +
               ", which may flatter it, because they chose it. What it is worth is not confirmed on fresh "
               "replications: don't quote it before a run with " +
               study.manifest.comparator + " as its comparator, and without --no-confirm, has confirmed it.\n";
    }
    return fmt::format(
        "{}: {}, which may flatter it. Quote what it came to on {}, which had no part in the choice: {}.\n", chosen,
        money_text(roi.selected_npv, currency), observations_text(roi.fresh, roi.antithetic, true),
        money_text(roi.strategies[*roi.best].npv, currency));
}

std::string recommendation_text(const Study& study, const Roi& roi) {
    const std::string standing = standing_text(study, roi);
    return recommend(study, roi).sentence + "\n" + (standing.empty() ? "" : "\n" + standing);
}

}  // namespace entrepot::results

#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "results/business/roi.hpp"
#include "results/kpis/rows.hpp"

namespace entrepot::tests {

using namespace results;
using Values = std::vector<double>;

/// Two strategies, S0 and S6, in a window of 100 days; every sum is zero until it is set.
class Case {
public:
    explicit Case(std::vector<results::Phase> phases = {}, std::size_t replications = 2) {
        study.dimensions.sites = {"East"};
        study.dimensions.phases = std::move(phases);
        study.dimensions.first_day = 10;
        study.dimensions.end_day = 110;
        study.dimensions.total_days = 120;
        study.strategies = {"S0", "S6"};
        study.titles = {"manual", "orchestrated"};
        study.manifest.comparator = "S0";
        study.rows = kpi_rows(study.dimensions);
        const Replication nothing{.numerator = Values(study.rows.size(), 0.0),
                                  .denominator = Values(study.rows.size(), 1.0)};
        study.replications.assign(2, std::vector<Replication>(replications, nothing));
    }

    /// What the comparator and the other strategy came to in every replication.
    Case& set(Kpi kpi, const std::string& label, double base, double own) {
        for (std::size_t r = 0; r < study.replication_count(); ++r) set_one(kpi, label, r, base, own);
        return *this;
    }
    Case& set_one(Kpi kpi, const std::string& label, std::size_t replication, double base, double own) {
        for (std::size_t row = 0; row < study.rows.size(); ++row) {
            if (study.rows[row].kpi != info(kpi).id || study.rows[row].label != label) continue;
            study.replications[0][replication].numerator[row] = base;
            study.replications[1][replication].numerator[row] = own;
            return *this;
        }
        ADD_FAILURE() << "no row " << info(kpi).id << " " << label;
        return *this;
    }

    Roi roi() {
        study.manifest.finance = finance_to_text(inputs);
        return return_on_investment(study);
    }
    StrategyRoi evaluate() { return roi().strategies.at(1); }
    double line(const std::string& name) {
        for (const BenefitLine& line : evaluate().lines) {
            if (line.name == name) return line.annual.estimate;
        }
        ADD_FAILURE() << "no line " << name;
        return 0;
    }

    /// A third strategy, S7, that is as S6 until it is set.
    Case& third() {
        study.strategies.push_back("S7");
        study.titles.push_back("more");
        study.replications.push_back(study.replications[1]);
        inputs.needs.push_back(inputs.needs[1]);
        return *this;
    }

    Study study;
    FinanceInputs inputs{.needs = {{false, false}, {true, true}}};
};

}  // namespace entrepot::tests

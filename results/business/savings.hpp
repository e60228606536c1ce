#pragma once

#include <map>
#include <string>
#include <vector>

#include "results/business/finance.hpp"
#include "results/kpis/registry.hpp"
#include "results/study.hpp"

/// What one strategy saves against another, by replication, and what that comes to in a year.
namespace entrepot::results {

/// The measured days as the business case sees them.
struct WindowDays {
    int calm = 0;      ///< of calm phases: they stand for the year
    int spike = 0;     ///< all others, where there is a spike: they count once for each spike
    int measured = 0;  ///< all days; they are scaled to the year where there is no spike

    /// The most spikes that a year of so many days has room for; nothing limits them where none was measured.
    double most_spikes(double days_per_year) const;
};
WindowDays window_days(const Study& study, const FinanceInputs& inputs);

/// How effects in the window became annual ones, in a sentence.
std::string basis_text(const Study& study, const FinanceInputs& inputs);

/// One benefit; negative where it costs more.
struct SavingLine {
    std::string name;
    bool labour = false;         ///< hours freed: what a generic business case would count
    std::vector<double> annual;  ///< by replication, currency units
};

/// KPI sums of `base` less those of `own`, each as so much a usual day and so much a spike. A spike is never stretched
/// over a year: with calm phases beside it they stand for the year and what the window has beyond their pace counts
/// once for each spike; a window that is all spike counts once for each spike, and the rest of the year is taken to
/// show no difference.
class Savings {
public:
    Savings(const Study& study, const WindowDays& days, std::size_t base, std::size_t own);

    std::vector<SavingLine> lines(const FinanceInputs& inputs) const;
    /// Working capital released once, by replication; zeros where stock is charged.
    std::vector<double> released(const FinanceInputs& inputs) const;
    std::size_t replications() const { return replications_; }

private:
    struct Pace {
        std::vector<double> a_day, a_spike;  ///< by replication
    };
    std::vector<double> annual(Kpi kpi, const FinanceInputs& inputs) const;
    std::vector<double> less_stock(const FinanceInputs& inputs) const;

    std::map<Kpi, Pace> paces_;
    std::size_t replications_ = 0;
    bool cleans_up_ = false;  ///< some strategy of the study does
};

}  // namespace entrepot::results

#pragma once

#include <string>
#include <vector>

#include "results/kpis/registry.hpp"
#include "results/statistics/interval.hpp"
#include "results/study.hpp"

/// Whether the comparator is like the business that the scenario stands for: its KPIs against the scenario's bands.
namespace entrepot::results {

enum class Held {
    within,      ///< the interval lies in the band
    likely,      ///< the estimate does; the interval reaches beyond an end
    likely_not,  ///< the estimate doesn't; the interval reaches into the band
    below,       ///< all of the interval lies below the band
    above,       ///< or above it
    unknown,     ///< there is no number, or no interval around it
};

std::string held_text(Held held);

struct HeldBand {
    const KpiInfo* kpi = nullptr;
    std::string label;  ///< the slice: "all", "tier=T1"
    Band band;
    Interval simulated;
    Held held = Held::unknown;

    bool holds() const { return held == Held::within || held == Held::likely; }
};

/// Of all bands of the study, in the scenario's order.
std::vector<HeldBand> held_bands(const Study& study);

/// Where the interval lies; 95 % unless another confidence was asked for.
Held held(const Band& band, const Interval& simulated);

/// "93.8 % [93.1, 94.5]"; "-" where there is no number.
std::string simulated_text(const HeldBand& one, const std::string& currency);
/// "93.0 % to 96.5 %", "at most 1.00 %".
std::string band_text(const HeldBand& one, const std::string& currency);

/// A table for the terminal; and a sentence with the bands that don't hold, empty where all do.
std::string calibration_table(const std::vector<HeldBand>& bands, const std::string& currency, std::size_t width,
                              bool colour);
std::string calibration_sentence(const std::vector<HeldBand>& bands, const std::string& currency);

/// "simulated, calibrated", where there are bands and all hold; else "simulated, uncalibrated".
std::string calibration_label(const Study& study);

/// One line for each band, numbers unrounded.
std::string calibration_csv(const std::vector<HeldBand>& bands);
std::string calibration_json(const std::vector<HeldBand>& bands);

}  // namespace entrepot::results

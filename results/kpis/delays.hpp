#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/delays.hpp"
#include "models/interface_names.hpp"
#include "results/kpis/cube.hpp"

namespace entrepot::results {

/// How long messages took, by interface and phase, in the bins of models/delays.hpp. It takes memory once something is
/// counted.
class Delays {
public:
    explicit Delays(std::size_t phases) : phases_(phases + 1) {}

    /// Of the phase; the last one is of the days in none.
    void add(std::size_t interface, std::size_t phase, std::size_t bin, std::uint32_t messages) {
        if (cells_.empty()) cells_.resize(models::kInterfaces * phases_);
        cells_[interface * phases_ + phase][bin] += messages;
    }

    /// The minutes that a share p of the messages does not exceed, those of a bin spread evenly in it; nothing when
    /// there are none. Below 0: of all interfaces, of all phases.
    KpiCube::Cell quantile(int interface, int phase, double p) const {
        std::array<std::uint64_t, models::kDelayBins> sum{};
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const int of = static_cast<int>(i / phases_), in = static_cast<int>(i % phases_);
            if ((interface >= 0 && interface != of) || (phase >= 0 && phase != in)) continue;
            for (std::size_t bin = 0; bin < sum.size(); ++bin) {
                sum[bin] += cells_[i][bin];
                all += cells_[i][bin];
            }
        }
        double left = p * static_cast<double>(all);
        for (std::size_t bin = 0; bin < sum.size() && all > 0; ++bin) {
            const auto here = static_cast<double>(sum[bin]);
            if (here == 0 || left > here) {
                left -= here;
                continue;
            }
            if (bin == 0) break;  // at once
            const double from = models::delay_bin_begins(bin), to = models::delay_bin_begins(bin + 1);
            return {from + (to - from) * left / here, 1};
        }
        return {0, all > 0 ? 1.0 : 0.0};
    }

private:
    std::size_t phases_;
    std::vector<std::array<std::uint32_t, models::kDelayBins>> cells_;  ///< [interface][phase]
};

}  // namespace entrepot::results

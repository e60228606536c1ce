#include "models/disturbances/happenings.hpp"

#include <algorithm>

#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

class Drawing {
public:
    Drawing(const Network& network, const sim::Draws& draws) : network_(network), draws_(draws) {}

    /// When a disturbance happens. Nobody follows himself, or in a circle: the scenario's checks say so.
    std::vector<Happening> of(std::size_t index) const {
        const Disturbance& d = network_.disturbances[index];
        if (d.between && d.length) return again_and_again(d, index);
        std::vector<Happening> all;
        if (!d.after) {
            add(all, d, index, 0, d.first_day);
            return all;
        }
        std::uint32_t ordinal = 0;
        for (const Happening& cause : of(*d.after)) add(all, d, index, ordinal++, day_of(cause.from) + d.first_day);
        return all;
    }

private:
    bool happens(const Disturbance& d, std::uint32_t ordinal) const {
        return d.probability >= 1 || draws_.at(purpose::happens, d.key, ordinal).uniform() < d.probability;
    }

    void add(std::vector<Happening>& all, const Disturbance& d, std::size_t index, std::uint32_t ordinal,
             int day) const {
        if (!happens(d, ordinal)) return;
        const Time from = start_of(day) + d.starts;
        all.push_back({from, from + d.lasts.value_or(sim::days{d.days}), static_cast<std::uint16_t>(index)});
    }

    std::vector<Happening> again_and_again(const Disturbance& d, std::size_t index) const {
        std::vector<Happening> all;
        const Time end = start_of(network_.calendar.total_days());
        Time from = start_of(d.first_day) + d.starts;
        for (std::uint32_t ordinal = 0;; ++ordinal) {
            auto stream = draws_.at(purpose::happens_again, d.key, ordinal);
            from += draw(*d.between, stream.uniform());
            const Time until = from + draw(*d.length, stream.uniform());
            if (from >= end) return all;
            if (happens(d, ordinal)) all.push_back({from, until, static_cast<std::uint16_t>(index)});
            from = until;
        }
    }

    const Network& network_;
    const sim::Draws& draws_;
};

}  // namespace

Happenings draw_happenings(const Network& network, const sim::Draws& draws) {
    Happenings happenings;
    const Drawing drawing(network, draws);
    for (std::size_t i = 0; i < network.disturbances.size(); ++i) {
        const std::vector<Happening> mine = drawing.of(i);
        happenings.all.insert(happenings.all.end(), mine.begin(), mine.end());
    }
    return happenings;
}

}  // namespace entrepot::models

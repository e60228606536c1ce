#pragma once

#include <map>

#include "viz/views/view.hpp"

/// The bands of the time line: a measure of a place under a strategy, over the hours shown.
namespace entrepot::viz {

struct Band {
    const Measure* measure = nullptr;
    std::size_t lane = 0;   ///< place among the look's lanes
    std::size_t place = 0;  ///< a site, or headquarters
    float top = 0, height = 0;
};

class Bands {
public:
    /// Computes what the bands show: all of one measure share a scale. Those outside [top, bottom] are left out.
    void compute(const Frame& frame, const std::vector<Band>& bands, float top, float bottom);
    void draw(const Frame& frame, const Painter& paint) const;
    /// What the bands of a measure reach from and to: "70.0 % to 100 %".
    std::string scale_text(const Measure& measure) const;

    /// The same as short as it goes: "70 to 100 %", "to 1.2 k".
    std::string most_text(const Measure& measure) const;

    /// The value of a measure at an hour, as it is shown: of a flow over the day up to then, of a ratio over the
    /// week.
    static std::string value_at(const Frame& frame, const Band& band, double hour);
    static std::string value_text(const Measure& measure, double value);

private:
    struct Computed {
        Band band;
        std::vector<Tracks::Bin> bins;
    };
    struct Range {
        float low = 0, high = 0;
    };
    std::vector<Computed> computed_;
    std::size_t used_ = 0, first_hour_ = 0, bin_hours_ = 1;
    std::map<const Measure*, Range> ranges_;
};

}  // namespace entrepot::viz

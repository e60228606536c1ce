#pragma once

#include <array>
#include <cstdint>
#include <vector>

/// What a warehouse knows of people who still learn, or are there only for a while.
namespace entrepot::models {

/// People who began on the same day.
struct Cohort {
    std::int32_t people = 0;
    std::int32_t shifts = 0;  ///< that they have worked, today's with them
    std::int32_t first_day = 0;
};

/// Of the people of a shift.
struct CrewShift {
    double lost = 0;         ///< pickers of the usual rate whom their slower picking costs
    std::int32_t hired = 0;  ///< temps among them
    std::int32_t away = 0;   ///< lent to another site
};

struct Crew {
    std::vector<Cohort> newcomers;       ///< in place of pickers who have left
    std::vector<Cohort> temps;           ///< here, or called
    std::array<CrewShift, 4> planned{};  ///< of today's shifts
    std::array<CrewShift, 4> working{};  ///< of the shifts that have begun and not ended
    double lost_on_duty = 0, lost_on_overtime = 0;
    std::int32_t helping = 0;       ///< pickers at the dock
    std::int32_t kept_at_dock = 0;  ///< of those, who stay there while picks wait
    std::int32_t borrowed = 0;      ///< part of those on duty whom other sites have lent
    std::int32_t shift = 0;         ///< that began last

    template <class Archive>
    void fields(Archive& archive) {
        archive(newcomers, temps, planned, working, lost_on_duty, lost_on_overtime, helping, kept_at_dock, borrowed,
                shift);
    }
};

/// What headquarters has heard of a site's hands: pickers that it offers, or with a minus asks for.
struct HandsNews {
    std::int32_t people = 0;
    float hours_each = 0;  ///< too much or too little work for each of its pickers
};

}  // namespace entrepot::models

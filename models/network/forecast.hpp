#pragma once

#include <cstdint>
#include <vector>

#include "models/network/ids.hpp"
#include "sim/distributions.hpp"

/// What a forecast can go by beside the recorded demand: what it has been told, and what it is assumed to know.
namespace entrepot::models {

/// So many units a day in a region, of items by their share: what is expected to be ordered there, or how far
/// something changes that (below 0: how far it lowers it).
struct ExpectedUnits {
    sim::Discrete items;
    std::vector<double> until;  ///< [day]: all units from day 0 until the start of the day; one more than days
    int known_from = 0;         ///< day on which the forecasting service hears of it

    /// Mean units of an item a day in [from, to), as far as the horizon goes; beyond it, as in its last week.
    double a_day(ItemId item, int from, int to) const;
};

/// The forecasting service's model. All but the first kind is an assumption, and shows as one: only a strategy that
/// says so may know what customers will order.
struct ForecastModel {
    enum class From : std::uint8_t {
        record,   ///< an estimator on the recorded demand
        assumed,  ///< the expected demand with an error of a size that is given: a vendor's promise
        perfect,  ///< the expected demand itself, with all that is to come: what no forecast can better
    };
    From from = From::record;
    Column<ClassId, double> wmape;  ///< assumed: mean absolute error over the expected demand, the bias part of it
    double bias = 0;                ///< relative, right after a training
    double drift = 0;               ///< that the bias grows by in a week
    int retrain_days = 0;           ///< a new model after so many days: its drift begins anew, and so do its errors;
                                    ///< 0 = never

    bool knows_demand() const { return from != From::record; }
    bool is_as_estimated() const { return !knows_demand() && bias == 0 && drift == 0; }
};

/// How often the model has been trained anew by a day.
int trainings(const ForecastModel& model, int day);
/// Forecast over what it would be without bias and drift, on a day.
double off_on(const ForecastModel& model, int day);

/// Standard deviation of the logarithm of a lognormal factor with mean 1 + bias, whose mean absolute distance from 1 is
/// `wmape`; 0 where the bias alone comes to as much.
double sigma_of_error(double wmape, double bias);

}  // namespace entrepot::models

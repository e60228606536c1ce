#pragma once

#include <vector>

#include "models/model.hpp"

/// Levels that follow a forecast need the forecasting service, which is asked each morning. While it doesn't answer,
/// its last forecast holds for a while; then the fallback policy decides, or nobody. All of that ends by itself with
/// its next answer.
namespace entrepot::models {

/// Computes the levels of the morning, as far as the service has answered.
void set_levels_of_the_day(Headquarters& hq, int day, Context& context);

/// On a day on which nobody is in the office the service is asked all the same, where it can fail: what it says then is
/// younger on Monday.
void hear_of_forecasts(Headquarters& hq, Context& context);

/// The inventory policies that may be reviewed: they have levels, and wait for none.
std::vector<bool> ready_for_review(const Headquarters& hq, const Network& network);
inline bool has_levels(const Headquarters& hq, std::size_t policy) {
    const ForecastNews& news = hq.forecast_news[policy];
    return news.by != ForecastNews::By::nobody && !news.asked;
}

/// The service has answered.
void plan_by_forecast(Headquarters& hq, Context& context);
/// It has not, and won't until it is asked again.
void plan_without_forecast(Headquarters& hq, Context& context);

}  // namespace entrepot::models

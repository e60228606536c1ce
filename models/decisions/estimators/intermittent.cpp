#include "models/decisions/estimators/intermittent.hpp"

namespace entrepot::models {

void IntermittentDemand::take(double units) {
    const bool comes = units > 0;
    ++since_;
    if (has_begun()) probability_ += terms_->interval_weight * ((comes ? 1 : 0) - probability_);
    if (!comes) return;
    if (has_begun()) {
        size_ += terms_->level_weight * (units - size_);
        interval_ += terms_->interval_weight * (since_ - interval_);
    } else {
        size_ = units;
        interval_ = since_;
        probability_ = 1 / interval_;
    }
    since_ = 0;
}

double IntermittentDemand::rate() const {
    if (!has_begun()) return 0;
    if (terms_->by == Estimator::tsb) return size_ * probability_;
    // The mean of a ratio is more than the ratio of the means.
    const double unbiased = terms_->by == Estimator::sba ? 1 - terms_->interval_weight / 2 : 1;
    return unbiased * size_ / interval_;
}

}  // namespace entrepot::models

#pragma once

#include <string_view>

#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for distributions of times and counts, each chosen by name.
namespace entrepot::scenarios {

/// A policy that a strategy may name, and what it does. Its place in the list is its place in the models' variant.
struct PolicyName {
    std::string_view name, meaning;
};

inline constexpr PolicyName kTimeDistributions[] = {
    {"constant", "always the mean"},
    {"exponential", "without memory"},
    {"uniform", "any time between two, all equally likely"},
    {"gamma", "by mean and coefficient of variation"},
    {"lognormal", "by mean and coefficient of variation"},
    {"geometric", "a whole number of periods, at least one"},
    {"erlang", "the sum of so many exponential times"},
    {"weibull", "by mean and shape"},
    {"triangular", "by its least, most likely and greatest time"},
    {"hyperexponential", "one of two exponential times, by mean and coefficient of variation"},
    {"listed", "one of a list of times"},
};
inline constexpr PolicyName kCountDistributions[] = {
    {"constant", "always the same"},
    {"geometric", "1, 2, 3, ... by their mean"},
    {"poisson", "0, 1, 2, ... by their mean"},
    {"negative_binomial", "0, 1, 2, ... by mean and variance"},
    {"normal", "rounded, and not below 0"},
    {"uniform", "whole numbers between two, all equally likely"},
    {"listed", "one of a list of numbers, or of 1, 2, 3, ..., by their probabilities"},
    {"binomial", "successes of so many trials"},
    {"gamma", "by mean and coefficient of variation, rounded"},
    {"lognormal", "by mean and coefficient of variation, rounded"},
};

template <class V>
void describe(V& v, models::ConstantTime& p) {
    v("mean", p.mean, duration(), "the time");
}
template <class V>
void describe(V& v, models::ExponentialTime& p) {
    v("mean", p.mean, duration(), "mean");
}
template <class V>
void describe(V& v, models::UniformTime& p) {
    v("from", p.least, duration(), "least");
    v("to", p.most, duration(), "greatest");
}
template <class V>
void describe(V& v, models::GammaTime& p) {
    v("mean", p.mean, duration(), "mean");
    v("cv", p.cv, number(0, 10), "coefficient of variation; the shape is 1/cv^2");
}
template <class V>
void describe(V& v, models::LognormalTime& p) {
    v("mean", p.mean, duration(), "mean");
    v("cv", p.cv, number(0, 10), "coefficient of variation");
}
template <class V>
void describe(V& v, models::GeometricTime& p) {
    v("mean", p.mean, duration(), "mean");
    v("period", p.period, duration().more_than(0), "the time is a multiple of it");
}
template <class V>
void describe(V& v, models::ErlangTime& p) {
    v("mean", p.mean, duration(), "mean of the sum");
    v("phases", p.phases, count(1, 10'000), "exponential times in the sum");
}
template <class V>
void describe(V& v, models::WeibullTime& p) {
    v("mean", p.mean, duration(), "mean");
    v("shape", p.shape, number(0.05, 100), "1 is exponential; above it times vary less");
}
template <class V>
void describe(V& v, models::TriangularTime& p) {
    v("from", p.least, duration(), "least");
    v("mode", p.mode, duration(), "most likely");
    v("to", p.most, duration(), "greatest");
}
template <class V>
void describe(V& v, models::HyperexponentialTime& p) {
    v("mean", p.mean, duration(), "mean");
    v("cv", p.cv, number(1, 30), "coefficient of variation; both phases bring half of the mean");
}
template <class V>
void describe(V& v, models::ListedTime& p) {
    v.list("times", p.times, duration(), 1, 10'000, "the times");
    v.list("probabilities", p.probabilities, share(), 0, 10'000,
           "of each; they sum to 1; without them all are equally likely");
}
template <class V>
void describe(V& v, models::ConstantCount& p) {
    v("units", p.units, number(0, 1e9), "the number");
}
template <class V>
void describe(V& v, models::GeometricCount& p) {
    v("mean", p.mean, number(1, 1e6), "mean");
}
template <class V>
void describe(V& v, models::PoissonCount& p) {
    v("mean", p.mean, number(0, 1e8), "mean");
}
template <class V>
void describe(V& v, models::NegativeBinomialCount& p) {
    v("mean", p.mean, number(0, 1e8), "mean");
    v("variance", p.variance, number(0, 1e12), "at least the mean");
}
template <class V>
void describe(V& v, models::NormalCount& p) {
    v("mean", p.mean, number(0, 1e8), "mean");
    v("sd", p.sd, number(0, 1e8), "standard deviation");
}
template <class V>
void describe(V& v, models::UniformCount& p) {
    v("from", p.least, count(0, 1e8), "least");
    v("to", p.most, count(0, 1e8), "greatest");
}
template <class V>
void describe(V& v, models::ListedCount& p) {
    v.list("values", p.values, count(0, 1e9), 0, 10'000, "the numbers; without them 1, 2, 3, ...");
    v.list("probabilities", p.probabilities, share(), 0, 10'000,
           "of each; they sum to 1; without them all are equally likely");
}
template <class V>
void describe(V& v, models::BinomialCount& p) {
    v("trials", p.trials, count(0, 1e9), "number of trials");
    v("probability", p.probability, share(), "of a success");
}
template <class V>
void describe(V& v, models::GammaCount& p) {
    v("mean", p.mean, number(0, 1e8), "mean");
    v("cv", p.cv, number(0, 10), "coefficient of variation");
}
template <class V>
void describe(V& v, models::LognormalCount& p) {
    v("mean", p.mean, number(0, 1e8), "mean");
    v("cv", p.cv, number(0, 10), "coefficient of variation");
}

}  // namespace entrepot::scenarios

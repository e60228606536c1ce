#pragma once

#include <optional>
#include <type_traits>

#include "models/network.hpp"

/// Between the real number of a Kind and the member that holds it.
namespace entrepot::scenarios {

template <class T>
void store(double value, T& member) {
    if constexpr (std::is_same_v<T, models::Money>) {
        member = models::Money::of(value);
    } else if constexpr (std::is_same_v<T, models::Duration>) {
        member = models::Duration{static_cast<std::int64_t>(std::llround(value))};
    } else {
        member = static_cast<T>(value);
    }
}
template <class T>
void store(double value, std::optional<T>& member) {
    store(value, member.emplace());
}

template <class T>
double stored(const T& member) {
    if constexpr (std::is_same_v<T, models::Money>) {
        return member.amount();
    } else if constexpr (std::is_same_v<T, models::Duration>) {
        return static_cast<double>(member.count());
    } else {
        return static_cast<double>(member);
    }
}

}  // namespace entrepot::scenarios

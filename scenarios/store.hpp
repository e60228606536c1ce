#pragma once

#include <optional>
#include <type_traits>

#include "models/network/network.hpp"
#include "scenarios/kind.hpp"

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

/// May the member be this, as it is stored? Texts and flags may be anything.
template <class T>
bool allows(const Kind& kind, const T& member) {
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool>) {
        return true;
    } else {
        return kind.allows(stored(member));
    }
}
template <class T>
bool allows(const Kind& kind, const std::optional<T>& member) {
    return !member || allows(kind, *member);
}

/// Must the key be given, where this is its default?
template <class T>
bool is_required(const Kind& kind, const T& standard) {
    return kind.need == Kind::Need::always || (kind.need == Kind::Need::without_default && !allows(kind, standard));
}

/// The same of a list that has `least` elements at least.
inline bool is_required(const Kind& kind, std::size_t size, std::size_t least) {
    return kind.need == Kind::Need::always || (kind.need == Kind::Need::without_default && size < least);
}

}  // namespace entrepot::scenarios

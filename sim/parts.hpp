#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

/// The members of a plain struct one by one, without a list of them that could forget one.
namespace entrepot::sim {

namespace parts {

struct Anything {
    template <class T>
    operator T() const;  // only ever named: it counts what braces take
};

template <class Plain, std::size_t... i>
constexpr bool takes(std::index_sequence<i...>) {
    return requires { Plain{(static_cast<void>(i), Anything{})...}; };
}

/// How many members an aggregate has, for up to `most`.
template <class Plain, std::size_t most>
constexpr std::size_t count() {
    if constexpr (takes<Plain>(std::make_index_sequence<most>{})) {
        return most;
    } else {
        static_assert(most > 0, "this type can't be looked into");
        return count<Plain, most - 1>();
    }
}

inline constexpr std::size_t kMost = 25;

}  // namespace parts

#define ENTREPOT_PARTS(count, ...)         \
    else if constexpr (members == count) { \
        const auto& [__VA_ARGS__] = value; \
        all(__VA_ARGS__);                  \
    }

/// Calls `f(member)` for each member of an aggregate without bases, bit-fields as values; at most 25 of them.
template <class Plain, class F>
constexpr void for_each_part(const Plain& value, F&& f) {
    static_assert(std::is_aggregate_v<Plain>);
    constexpr std::size_t members = parts::count<Plain, parts::kMost + 1>();
    static_assert(members <= parts::kMost, "so many members that one must be added here");
    const auto all = [&](const auto&... part) { (f(part), ...); };
    // clang-format off
    if constexpr (members == 0) {}
    ENTREPOT_PARTS(1, a)
    ENTREPOT_PARTS(2, a, b)
    ENTREPOT_PARTS(3, a, b, c)
    ENTREPOT_PARTS(4, a, b, c, d)
    ENTREPOT_PARTS(5, a, b, c, d, e)
    ENTREPOT_PARTS(6, a, b, c, d, e, g)
    ENTREPOT_PARTS(7, a, b, c, d, e, g, h)
    ENTREPOT_PARTS(8, a, b, c, d, e, g, h, i)
    ENTREPOT_PARTS(9, a, b, c, d, e, g, h, i, j)
    ENTREPOT_PARTS(10, a, b, c, d, e, g, h, i, j, k)
    ENTREPOT_PARTS(11, a, b, c, d, e, g, h, i, j, k, l)
    ENTREPOT_PARTS(12, a, b, c, d, e, g, h, i, j, k, l, m)
    ENTREPOT_PARTS(13, a, b, c, d, e, g, h, i, j, k, l, m, n)
    ENTREPOT_PARTS(14, a, b, c, d, e, g, h, i, j, k, l, m, n, o)
    ENTREPOT_PARTS(15, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p)
    ENTREPOT_PARTS(16, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q)
    ENTREPOT_PARTS(17, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r)
    ENTREPOT_PARTS(18, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s)
    ENTREPOT_PARTS(19, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t)
    ENTREPOT_PARTS(20, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u)
    ENTREPOT_PARTS(21, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v)
    ENTREPOT_PARTS(22, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w)
    ENTREPOT_PARTS(23, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x)
    ENTREPOT_PARTS(24, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y)
    ENTREPOT_PARTS(25, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z)
    // clang-format on
}

#undef ENTREPOT_PARTS

}  // namespace entrepot::sim

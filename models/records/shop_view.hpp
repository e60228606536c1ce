#pragma once

#include <vector>

#include "models/facts.hpp"
#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"

/// What a site's web shop believes of its stock. None where it looks at the record itself.
namespace entrepot::models {

/// An item in the shop's own view.
struct ShopStock {
    Units known = 0;         ///< that nobody was promised when the gateway told it last
    std::uint32_t told = 0;  ///< the second since the start in which that was said
    bool changed = false;    ///< on the record, since then
    sim::Filler<3> rest{};
};

struct ShopView {
    Column<ItemId, ShopStock> stock;     ///< empty: it looks at the record itself
    std::vector<std::uint32_t> changed;  ///< items that the gateway has yet to tell of
    bool due = false;                    ///< it is about to
    Column<TierId, ShopDay> today;

    template <class Archive>
    void fields(Archive& archive) {
        archive(stock, changed, due, today);
    }
};

}  // namespace entrepot::models

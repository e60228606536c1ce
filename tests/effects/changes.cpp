#include "effects.hpp"

namespace entrepot::tests {

const std::vector<Change>& changes() {
    static const std::vector<Change> all = {
        {"base", "planners", {"base=\"../../scenarios/six_warehouses.toml\""}},
    };
    return all;
}

}  // namespace entrepot::tests

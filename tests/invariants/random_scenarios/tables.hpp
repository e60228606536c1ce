#pragma once

#include <string>

#include "sim/random.hpp"

namespace entrepot::tests {

/// A canonical scenario text with whole tables taken out, put in, or both: inventory policies, pools, bindings of
/// strategies, second sources, who executes, baskets, disturbances, moments, costs of tiers, and other policies. What
/// is put in names things that the text has. Often valid, not always sensible.
std::string with_other_tables(const std::string& text, sim::Stream& draws);

}  // namespace entrepot::tests

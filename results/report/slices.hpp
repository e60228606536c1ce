#pragma once

#include <optional>
#include <string>
#include <vector>

#include <kainjow/mustache.hpp>

#include "results/comparison/compare.hpp"

namespace entrepot::results {

/// A text for a section of the page that is left out when the text is empty.
kainjow::mustache::data or_nothing(const std::string& text);

/// The page's tables by phase, tier and warehouse, and by warehouse and phase together: of the proposed strategy with
/// its differences to the comparator, or of the comparator alone. For a study with strategies.
std::vector<kainjow::mustache::data> slice_tables(const Study& study, const Comparison& comparison,
                                                  std::optional<std::size_t> proposed);

}  // namespace entrepot::results

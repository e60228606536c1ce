#pragma once

#include <string>
#include <vector>

#include "scenarios/load.hpp"

/// What a scenario comes to, without what only repeats what it says.
namespace entrepot::tests {

/// A number that was found, and what it is: "S6 rep 1 line_fill[site=North]".
struct Figure {
    std::string name;
    double value = 0;
};

/// KPIs of each replication, the business case with its doubt, the advice, and what `verify` finds.
std::vector<Figure> figures_of(const scenarios::Loaded& loaded);

/// Where two lists of figures part by more than rounding; nothing where they don't.
std::string first_difference(const std::vector<Figure>& one, const std::vector<Figure>& other);

/// What is printed for people: the report, the table of the strategies, and that of `verify`. Without the scenario's
/// digest and its own text, which any key changes.
std::string pages_of(const scenarios::Loaded& loaded);

}  // namespace entrepot::tests

#pragma once

#include <optional>

#include "models/model.hpp"

/// Who of a desk's people takes which case.
namespace entrepot::models {

/// So many people are in each group of a desk from now on; who is at work goes on.
void staff(Desk& desk, Role role, const Office& office);

/// What goes before in a queue as things stand now; the least first.
double place_in_queue(const Headquarters& hq, const Case& one, const Network& network);

/// A case, and the group of whoever takes it.
struct NextCase {
    CaseAt at;
    std::uint8_t group = Desk::kGeneralists;
};

/// Takes the next case out of its queue. None: nobody who is free handles any that waits.
std::optional<NextCase> take_next_case(Headquarters& hq, Role role, const Network& network);

}  // namespace entrepot::models

#pragma once

#include <vector>

#include "models/interface_facts.hpp"
#include "models/interface_names.hpp"
#include "models/network/network.hpp"
#include "studies/explain/story.hpp"

/// The ways of messages between systems, as stories tell them.
namespace entrepot::studies::explain {

/// A moment on a message's way, and what the record knew then.
struct Hop {
    Time at{};
    models::MessageStepped told;
    std::vector<Sight> sights;

    bool of(models::InterfaceName interface) const { return told.interface == static_cast<int>(interface); }
};

/// What befell messages of one sender, each call, wait and loss; and when the other side knew. Of a message that came
/// through in the same moment it is one step, or none where `only_trouble` is asked for.
std::vector<Step> steps_of_messages(const models::Network& network, models::SiteId sender, const std::vector<Hop>& hops,
                                    bool only_trouble);

/// The same of what headquarters has ordered: the order's message is told in any case, all others where they did not
/// come through at once. Leaves the steps in the order of their times.
void add_messages(std::vector<Step>& steps, const models::Network& network, const std::vector<Hop>& hops);

/// Nobody carries it any more: it waits until people see to it.
bool is_given_up(const Hop& hop);

}  // namespace entrepot::studies::explain

#pragma once

#include "models/model.hpp"

/// People at headquarters: those of a role are servers with hours and a queue.
namespace entrepot::models {

/// Puts a case before the people who have the right to decide its kind: it goes on when one has dealt with it.
void ask_people(Headquarters& hq, std::uint32_t place, Context& context);

/// The same of what the system recommends: it has to come to their desk first. {place of the case, its number, whom it
/// was put before so far}.
void recommend(Headquarters& hq, std::uint32_t place, Context& context);
void come_to_desk(Headquarters& hq, const Content& content, Context& context);

/// Puts a case before the people of one role.
void put_before(Headquarters& hq, std::uint32_t place, Role role, Context& context);

/// Draws for a case, at the address of what it is about: the escalated order, which an agent and perhaps then a
/// planner has before him; else the lane and the day, on which a lane may have several cases.
sim::Stream draws_at(Headquarters& hq, const Case& one, sim::Purpose purpose, const Context& context);

/// A lognormal time by its median and the standard deviation of its logarithm, for one uniform; no longer than a time
/// can be.
Duration lognormal_time(double u, Duration median, double sigma);

}  // namespace entrepot::models

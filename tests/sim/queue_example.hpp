#pragma once
// A page shows this text, and it is to be read in one piece:
// clang-format off

#include "sim/distributions.hpp"
#include "sim/run_sequential.hpp"

// Customers come to one counter, wait, and are served (M/M/1).
namespace queue_example {
using namespace entrepot::sim;

struct Counter {                  // what changes
    std::vector<Time> in_system;  // arrivals; the first customer is being served
    std::uint32_t arrived = 0, served = 0;
    double hours_waited = 0;

    template <class Archive>
    void fields(Archive& archive) { archive(in_system, arrived, served, hours_waited); }
};
struct Arrive { using To = Counter; };  // what happens
struct Depart { using To = Counter; };

struct Queue {  // the model
    struct Network { double arrivals_per_hour = 0.5, services_per_hour = 1; };
    struct State {
        Counter counter;
        template <class To> To& at(EntityId) { return counter; }
        template <class Archive> void fields(Archive& archive) { archive(counter); }
    };
    using Messages = MessageList<Arrive, Depart>;
    struct Facts {};
    static Duration lookahead(const Network&) { return hours{1}; }
};

inline void serve(Counter& counter, Context<Queue>& context) {
    counter.hours_waited += in<hours>(context.now() - counter.in_system.front());
    const double u = context.draws().at(2, 0, counter.served++).uniform();
    context.after(from_real<hours>(exponential(u, 1 / context.network().services_per_hour)), Depart{});
}
inline void on(Counter& counter, const Arrive&, Context<Queue>& context) {
    counter.in_system.push_back(context.now());
    if (counter.in_system.size() == 1) serve(counter, context);
    const double u = context.draws().at(1, 0, counter.arrived++).uniform();
    context.after(from_real<hours>(exponential(u, 1 / context.network().arrivals_per_hour)), Arrive{});
}
inline void on(Counter& counter, const Depart&, Context<Queue>& context) {
    counter.in_system.erase(counter.in_system.begin());
    if (!counter.in_system.empty()) serve(counter, context);
}

inline World<Queue> start(const Queue::Network& network, Queue::Facts& facts, Draws draws) {
    World<Queue> world(network, facts, {}, draws, 1);
    Context<Queue>(world, 0).at(kStart, Arrive{});
    return world;  // then: run_sequential(world, kStart + hours{10'000});
}
}  // namespace queue_example

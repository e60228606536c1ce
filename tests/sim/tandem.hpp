#pragma once

#include "sim/distributions.hpp"
#include "sim/world.hpp"

/// Stations in a row, each with servers and a queue; customers come to the first as a Poisson process and move on after
/// a fixed way (M/M/c in tandem).
namespace entrepot::tests::tandem {

using namespace entrepot::sim;

struct Station {
    std::vector<Time> waiting;
    int busy = 0;
    std::uint32_t entered = 0, begun = 0;
    double hours_waited = 0;
    Timer watch;              ///< set anew at each arrival, so it fires after a quiet hour
    std::uint32_t quiet = 0;  ///< such hours

    template <class Archive>
    void fields(Archive& archive) {
        archive(waiting, busy, entered, begun, hours_waited, watch, quiet);
    }
};
struct Source {
    using To = Station;
};
struct Enter {
    using To = Station;
};
struct Leave {
    using To = Station;
};
struct Quiet {
    using To = Station;
    static Timer& timer(Station& station, const Quiet&) { return station.watch; }
};

struct Tandem {
    struct Network {
        double arrivals_per_hour = 4, services_per_hour = 1;
        std::vector<int> servers{5, 5, 5};
        Duration way = minutes{5};  ///< from the first station to the second; each further one takes as much more
    };
    struct State {
        std::vector<Station> stations;
        template <class To>
        Station& at(EntityId entity) {
            return stations[entity];
        }
        template <class Archive>
        void fields(Archive& archive) {
            archive(stations);
        }
    };
    using Messages = MessageList<Source, Enter, Leave, Quiet>;
    struct Facts {};
    static Duration lookahead(const Network& network) { return network.way; }
    static Duration lookahead(const Network& network, EntityId from, EntityId to) {
        return to == from + 1 ? network.way * to : kNoChannel;
    }
    static std::string name(const Network&, EntityId entity) { return "station " + std::to_string(entity + 1); }
};

inline void begin(Station& station, Time arrived, Context<Tandem>& context) {
    ++station.busy;
    station.hours_waited += in<hours>(context.now() - arrived);
    const double u = context.draws().at(2, context.self(), station.begun++).uniform();
    context.after(from_real<hours>(exponential(u, 1 / context.network().services_per_hour)), Leave{});
}
inline void on(Station& station, const Enter&, Context<Tandem>& context) {
    ++station.entered;
    context.set(station.watch, context.now() + hours{1}, Quiet{});
    if (station.busy < context.network().servers[context.self()]) {
        begin(station, context.now(), context);
    } else {
        station.waiting.push_back(context.now());
    }
}
inline void on(Station& station, const Source&, Context<Tandem>& context) {
    Time next{};
    do {
        on(station, Enter{}, context);
        const double u = context.draws().at(1, context.self(), station.entered).uniform();
        next = context.now() + from_real<hours>(exponential(u, 1 / context.network().arrivals_per_hour));
    } while (context.goes_on(next, Source{}));
}
inline void on(Station& station, const Leave&, Context<Tandem>& context) {
    --station.busy;
    const EntityId next = context.self() + 1;
    if (next < context.network().servers.size()) {
        context.send(next, context.now() + Tandem::lookahead(context.network(), context.self(), next), Enter{});
    }
    if (station.waiting.empty()) return;
    const Time arrived = station.waiting.front();
    station.waiting.erase(station.waiting.begin());
    begin(station, arrived, context);
}
inline void on(Station& station, const Quiet&, Context<Tandem>&) { ++station.quiet; }

inline World<Tandem> start(const Tandem::Network& network, Tandem::Facts& facts, Draws draws) {
    World<Tandem> world(network, facts, {std::vector<Station>(network.servers.size())}, draws, network.servers.size());
    Context<Tandem>(world, 0).at(kStart, Source{});
    return world;
}

}  // namespace entrepot::tests::tandem

#pragma once

#include <string>

#include "sim/archive.hpp"
#include "sim/world.hpp"

/// A world as bytes: to look whether two are equal, to keep one in a file, to go on from it. (To branch within a
/// program, copy the World: that is all.)
namespace entrepot::sim {

namespace snapshot {

constexpr std::array<char, 8> kMagic{'e', 'n', 't', 'r', 'e', 'p', 'o', 't'};
constexpr std::uint32_t kFormat = 1;

/// The events that wait, in their order: how they lie in memory is nobody's business.
template <class Model>
std::vector<Event> pending_events(const World<Model>& world) {
    std::vector<Event> events;
    for (const Partition<Model>& partition : world.partitions) {
        for (Pending copy = partition.pending; !copy.empty();) events.push_back(copy.pop());
    }
    std::sort(events.begin(), events.end(), earlier);
    return events;
}

template <class Archive, class Model>
void walk(Archive& archive, World<Model>& world, std::vector<Event>& events, std::uint64_t& handled, Digest& digest) {
    archive(world.draws, world.now, world.sent, handled, digest, events, world.state);
}

}  // namespace snapshot

/// Fingerprint of all that decides how the world goes on, and of its trajectory so far. The same under every runner.
template <class Model>
std::uint64_t hash_of(const World<Model>& world) {
    std::vector<Event> events = snapshot::pending_events(world);
    std::uint64_t handled = world.events();
    Digest digest = world.digest();
    Hasher hasher;
    snapshot::walk(hasher, const_cast<World<Model>&>(world), events, handled, digest);  // a hasher changes nothing
    return hasher.value();
}

/// Writes a world. `identity` says what it is a world of; only a reader that says the same gets it.
template <class Model>
void save(const World<Model>& world, const std::string& identity, std::ostream& stream) {
    Writer writer(stream);
    writer.plain(snapshot::kMagic);
    writer.plain(snapshot::kFormat);
    std::vector<char> name(identity.begin(), identity.end());
    std::vector<Event> events = snapshot::pending_events(world);
    std::uint64_t handled = world.events(), hash = hash_of(world);
    Digest digest = world.digest();
    writer(name);
    snapshot::walk(writer, const_cast<World<Model>&>(world), events, handled, digest);  // a writer changes nothing
    writer(hash);
}

/// Reads a world into one of the same network. Throws ArchiveError, and then the world must not be used.
template <class Model>
void load(World<Model>& world, const std::string& identity, std::istream& stream) {
    Reader reader(stream);
    std::array<char, 8> magic{};
    std::uint32_t format = 0;
    reader(magic, format);
    if (magic != snapshot::kMagic) throw ArchiveError("the file is not a snapshot");
    if (format != snapshot::kFormat) throw ArchiveError("the snapshot has a format of another version");
    std::vector<char> name;
    reader(name);
    if (!std::equal(name.begin(), name.end(), identity.begin(), identity.end())) {
        throw ArchiveError("the snapshot is of '" + std::string(name.begin(), name.end()) + "', not of '" + identity +
                           "'");
    }
    std::vector<Event> events;
    std::uint64_t handled = 0, hash = 0;
    Digest digest;
    snapshot::walk(reader, world, events, handled, digest);
    reader(hash);
    world.cut(24);
    Partition<Model>& all = world.partitions.front();
    all.now = world.now;
    all.events = handled;
    all.digest = digest;
    all.pending = Pending{};
    for (const Event& event : events) all.pending.push(event);
    if (hash_of(world) != hash) throw ArchiveError("the snapshot is damaged");
}

}  // namespace entrepot::sim

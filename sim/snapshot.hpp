#pragma once

#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

#include "sim/archive.hpp"
#include "sim/reader.hpp"
#include "sim/world.hpp"

/// A world as bytes: to look whether two are equal, to keep one in a file, to go on from it. (To branch within a
/// program, copy the World: that is all.)
namespace entrepot::sim {

namespace snapshot {

constexpr std::array<char, 8> kMagic{'e', 'n', 't', 'r', 'e', 'p', 'o', 't'};
constexpr std::uint32_t kFormat = 2;

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

/// What decides how the world goes on, but for its draws, and how it came here.
template <class Archive, class Model>
void walk(Archive& archive, World<Model>& world, std::vector<Event>& events, std::uint64_t& handled, Digest& digest) {
    archive(world.now);
    archive.table(world.sent);
    archive(handled, digest, events, world.state);
}

/// What a file's checksum is made of: whoever damages it by chance changes it.
inline std::uint64_t checksum(std::string_view identity, std::string_view content) {
    Hasher hasher;
    for (std::string_view bytes : {identity, content}) {
        std::uint64_t size = bytes.size();
        hasher.plain(size);
        for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(bytes.size(), 8))) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data(), std::min<std::size_t>(bytes.size(), 8));
            hasher.plain(word);
        }
    }
    return hasher.value();
}

/// Whether the events can wait in the world: each at its time, in their order, of an entity, for one that is there, and
/// of a kind that has a handler.
template <class Model>
bool can_wait(const World<Model>& world, const std::vector<Event>& events) {
    const Event* last = nullptr;
    for (const Event& event : events) {
        if (event.at < world.now || !limits::sane(event.at) || (last && !earlier(*last, event))) return false;
        if (event.to() >= world.sent.size() || event.from() >= world.sent.size()) return false;
        if (event.nth() >= world.sent[event.from()] || event.kind() >= Model::Messages::size) return false;
        bool sane = true;
        Model::Messages::visit(event, [&](const auto& message) { sane = limits::sane(message); });
        if (!sane) return false;
        last = &event;
    }
    return true;
}

/// Reads what `save` wrote after the identity.
template <class Model>
void read(World<Model>& world, std::string_view content) {
    Reader reader(content);
    std::vector<Event> events;
    std::uint64_t handled = 0;
    Digest digest;
    reader.same(world.draws);
    walk(reader, world, events, handled, digest);
    if (reader.left() > 0 || world.now < kStart || !can_wait(world, events)) Reader::refuse();
    if constexpr (requires { world.state.fits(*world.network); }) {
        if (!world.state.fits(*world.network)) Reader::refuse();
    }
    world.cut(24);
    Partition<Model>& all = world.partitions.front();
    all.now = world.now;
    all.events = handled;
    all.digest = digest;
    all.pending = Pending{};
    for (const Event& event : events) all.pending.push(event);
}

}  // namespace snapshot

/// Fingerprint of all that decides how the world goes on, and of its trajectory so far. The same under every runner.
template <class Model>
std::uint64_t hash_of(const World<Model>& world) {
    std::vector<Event> events = snapshot::pending_events(world);
    std::uint64_t handled = world.events();
    Digest digest = world.digest();
    Hasher hasher;
    hasher(const_cast<Draws&>(world.draws));
    snapshot::walk(hasher, const_cast<World<Model>&>(world), events, handled, digest);  // a hasher changes nothing
    return hasher.value();
}

/// Writes a world. `identity` says what it is a world of; only a reader that says the same gets it.
template <class Model>
void save(const World<Model>& world, const std::string& identity, std::ostream& stream) {
    std::ostringstream content;
    Writer inner(content);
    std::vector<Event> events = snapshot::pending_events(world);
    std::uint64_t handled = world.events();
    Digest digest = world.digest();
    inner(const_cast<Draws&>(world.draws));
    snapshot::walk(inner, const_cast<World<Model>&>(world), events, handled, digest);  // a writer changes nothing
    std::vector<char> name(identity.begin(), identity.end());
    Writer writer(stream);
    writer.plain(snapshot::kMagic);
    writer.plain(snapshot::kFormat);
    writer.plain(snapshot::checksum(identity, content.view()));
    writer(name);
    stream << content.view();
}

/// Reads a world into one of the same network, of the same replication and seed, that has not begun to run. Throws
/// ArchiveError where the bytes are not what `save` wrote for this identity, or hold what no world can; then the world
/// must not be used. Bytes that somebody made up may pass and still contradict themselves: run such a world under
/// RunUnderCheck.
template <class Model>
void load(World<Model>& world, const std::string& identity, std::istream& stream) {
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    Reader reader(bytes);
    std::array<char, 8> magic{};
    std::uint32_t format = 0;
    std::uint64_t checksum = 0;
    std::vector<char> name;
    reader(magic, format);
    if (magic != snapshot::kMagic) throw ArchiveError("the file is not a snapshot");
    if (format != snapshot::kFormat) throw ArchiveError("the snapshot has a format of another version");
    reader(checksum, name);
    const std::string_view content = std::string_view(bytes).substr(bytes.size() - reader.left());
    if (snapshot::checksum({name.data(), name.size()}, content) != checksum) {
        throw ArchiveError("the snapshot is damaged");
    }
    if (!std::equal(name.begin(), name.end(), identity.begin(), identity.end())) {
        std::string said(name.begin(), name.begin() + std::min<std::ptrdiff_t>(std::ssize(name), 200));
        std::ranges::replace_if(
            said, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
        throw ArchiveError("the snapshot is of '" + said + "', not of '" + identity + "'");
    }
    snapshot::read(world, content);
}

}  // namespace entrepot::sim

#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <sqlite3.h>

#include "studies/evidence/ocel.hpp"

namespace entrepot::studies::evidence {

namespace {

[[noreturn]] void sqlite_fails(sqlite3* database) {
    throw std::runtime_error(fmt::format("SQLite can't make the log: {}", sqlite3_errmsg(database)));
}

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, Close>;

void execute(sqlite3* database, const std::string& sql) {
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) sqlite_fails(database);
}

/// Puts rows into a table, field by field.
class Rows {
public:
    Rows(sqlite3* database, const std::string& table, std::size_t fields) : database_(database) {
        std::string sql = fmt::format("INSERT INTO \"{}\" VALUES (?", table);
        for (std::size_t i = 1; i < fields; ++i) sql += ",?";
        sql += ")";
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) sqlite_fails(database);
        statement_.reset(statement);
    }
    /// The text must stay where it is until the row is put.
    Rows& text(std::string_view text) {
        return taken(
            sqlite3_bind_text(statement_.get(), ++field_, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
    }
    /// Which need not.
    Rows& passing_text(const std::string& text) {
        return taken(sqlite3_bind_text(statement_.get(), ++field_, text.data(), static_cast<int>(text.size()),
                                       SQLITE_TRANSIENT));
    }
    Rows& number(std::int64_t number) { return taken(sqlite3_bind_int64(statement_.get(), ++field_, number)); }
    Rows& real(double number) { return taken(sqlite3_bind_double(statement_.get(), ++field_, number)); }
    Rows& nothing() { return taken(sqlite3_bind_null(statement_.get(), ++field_)); }
    void put() {
        if (sqlite3_step(statement_.get()) != SQLITE_DONE) sqlite_fails(database_);
        sqlite3_reset(statement_.get());
        field_ = 0;
    }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    Rows& taken(int result) {
        if (result != SQLITE_OK) sqlite_fails(database_);
        return *this;
    }

    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int field_ = 0;
};

std::string_view column_type(ValueType type) {
    static constexpr std::string_view kTexts[]{"TEXT", "INTEGER", "REAL", "BOOLEAN", "TIMESTAMP"};
    return kTexts[static_cast<std::size_t>(type)];
}

class SqliteLog {
public:
    SqliteLog(const ObjectLog& log, const Stamps& stamps) : log_(log), stamps_(stamps) {
        sqlite3* opened = nullptr;
        const int result = sqlite3_open(":memory:", &opened);
        database_.reset(opened);
        if (result != SQLITE_OK) sqlite_fails(opened);
    }

    void write(const std::function<void(std::string_view)>& piece) {
        execute(database_.get(), "PRAGMA journal_mode=OFF; BEGIN");
        declare();
        objects();
        events();
        execute(database_.get(), "COMMIT");
        sqlite3_int64 size = 0;
        const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
            sqlite3_serialize(database_.get(), "main", &size, 0), &sqlite3_free);
        if (!bytes) sqlite_fails(database_.get());
        piece({reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)});
    }

private:
    void declare();
    void declare_types(const char* kind, std::span<const Declared> types, const char* more);
    void objects();
    void events();
    void value(Rows& rows, ValueType type, Value value);
    std::vector<Rows> rows_of(const char* kind, std::span<const Declared> types, std::size_t more);

    const ObjectLog& log_;
    const Stamps& stamps_;
    Database database_;
};

/// The name of each type, and a table of what its instances are.
void SqliteLog::declare_types(const char* kind, std::span<const Declared> types, const char* more) {
    Rows names(database_.get(), fmt::format("{}_map_type", kind), 2);
    for (const Declared& type : types) {
        names.text(type.name).text(type.table).put();
        std::string columns;
        for (const Attribute& attribute : type.attributes) {
            columns += fmt::format(",\"{}\" {}", attribute.name, column_type(attribute.type));
        }
        execute(database_.get(), fmt::format("CREATE TABLE \"{}_{}\"(ocel_id TEXT,ocel_time TIMESTAMP{}{})", kind,
                                             type.table, more, columns));
    }
}

constexpr const char* kTables[]{
    "event(ocel_id TEXT PRIMARY KEY,ocel_type TEXT)",
    "object(ocel_id TEXT PRIMARY KEY,ocel_type TEXT)",
    "event_map_type(ocel_type TEXT PRIMARY KEY,ocel_type_map TEXT)",
    "object_map_type(ocel_type TEXT PRIMARY KEY,ocel_type_map TEXT)",
    "event_object(ocel_event_id TEXT,ocel_object_id TEXT,ocel_qualifier TEXT)",
    "object_object(ocel_source_id TEXT,ocel_target_id TEXT,ocel_qualifier TEXT)",
};

void SqliteLog::declare() {
    for (const char* table : kTables) execute(database_.get(), fmt::format("CREATE TABLE {}", table));
    declare_types("event", event_types(), "");
    declare_types("object", object_types(), ",ocel_changed_field TEXT");
}

std::vector<Rows> SqliteLog::rows_of(const char* kind, std::span<const Declared> types, std::size_t more) {
    std::vector<Rows> rows;
    for (const Declared& type : types) {
        rows.emplace_back(database_.get(), fmt::format("{}_{}", kind, type.table), more + type.attributes.size());
    }
    return rows;
}

void SqliteLog::value(Rows& rows, ValueType type, Value value) {
    switch (type) {
        case ValueType::text:
            rows.text(log_.text(value));
            return;
        case ValueType::real:
            rows.real(value.real());
            return;
        case ValueType::integer:
        case ValueType::boolean:
            rows.number(value.bits);
            return;
        case ValueType::time:
            rows.passing_text(stamps_.text(value.moment()));
    }
}

void SqliteLog::objects() {
    Rows names(database_.get(), "object", 2), links(database_.get(), "object_object", 3);
    std::vector<Rows> rows = rows_of("object", object_types(), 3);
    std::string at;
    for (ObjectPlace place = 0; place < log_.objects().size(); ++place) {
        const ObjectLog::Object& one = log_.objects()[place];
        const Declared& type = object_types()[static_cast<std::size_t>(one.type)];
        Rows& mine = rows[static_cast<std::size_t>(one.type)];
        names.text(one.id).text(type.name).put();
        mine.text(one.id).text(kBeginning).nothing();
        const auto values = log_.values(one);
        for (std::size_t i = 0; i < values.size(); ++i) value(mine, type.attributes[i].type, values[i]);
        mine.put();
        for (const ObjectLog::Change& change : log_.changes(place)) {
            at.clear();
            stamps_.append(at, change.at);
            mine.text(one.id).text(at).text(type.attributes[change.attribute].name);
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (i == change.attribute) {
                    value(mine, type.attributes[i].type, change.value);
                } else {
                    mine.nothing();
                }
            }
            mine.put();
        }
        for (const ObjectLog::Link& link : log_.links(place)) {
            links.text(one.id).text(log_.objects()[link.target.object].id).text(text_of(link.target.qualifier)).put();
        }
    }
}

void SqliteLog::events() {
    Rows names(database_.get(), "event", 2), relations(database_.get(), "event_object", 3);
    std::vector<Rows> rows = rows_of("event", event_types(), 2);
    std::string id, at;
    for (std::size_t number = 0; number < log_.events().size(); ++number) {
        const ObjectLog::Event& one = log_.events()[number];
        const Declared& type = event_types()[static_cast<std::size_t>(one.type)];
        Rows& mine = rows[static_cast<std::size_t>(one.type)];
        id = "e";
        append_number(id, static_cast<std::int64_t>(number));
        at.clear();
        stamps_.append(at, one.at);
        names.text(id).text(type.name).put();
        mine.text(id).text(at);
        const auto values = log_.values(one);
        for (std::size_t i = 0; i < values.size(); ++i) value(mine, type.attributes[i].type, values[i]);
        mine.put();
        for (const Relation& to : log_.relations(one)) {
            relations.text(id).text(log_.objects()[to.object].id).text(text_of(to.qualifier)).put();
        }
    }
}

}  // namespace

void write_sqlite(const ObjectLog& log, const Stamps& stamps, const std::function<void(std::string_view)>& piece) {
    SqliteLog(log, stamps).write(piece);
}

}  // namespace entrepot::studies::evidence

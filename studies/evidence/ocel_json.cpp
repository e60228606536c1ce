#include <iterator>

#include <fmt/format.h>

#include "studies/evidence/ocel.hpp"

namespace entrepot::studies::evidence {

namespace {

/// Puts the text together, and hands it on when there is enough of it.
class JsonLog {
public:
    JsonLog(const ObjectLog& log, const Stamps& stamps, const std::function<void(std::string_view)>& piece)
        : log_(log), stamps_(stamps), piece_(piece) {}

    void write();

private:
    void types(std::string_view name, std::span<const Declared> types);
    void object(ObjectPlace place);
    void event(std::size_t number);
    void attribute(const Attribute& attribute, Value value, const models::Time* at);
    void quote(std::string_view text);
    void value(ValueType type, Value value);
    void relation(std::string_view id, Qualifier qualifier);
    /// A comma before all but the first.
    void next(bool& first, std::string_view between) {
        if (!first) text_ += between;
        first = false;
    }
    void hand_on(std::size_t from) {
        if (text_.size() < from) return;
        piece_(text_);
        text_.clear();
    }

    const ObjectLog& log_;
    const Stamps& stamps_;
    const std::function<void(std::string_view)>& piece_;
    std::string text_;
};

constexpr std::size_t kPiece = 1 << 20;

std::string_view type_text(ValueType type) {
    static constexpr std::string_view kTexts[]{"string", "integer", "float", "boolean", "time"};
    return kTexts[static_cast<std::size_t>(type)];
}

void JsonLog::quote(std::string_view text) {
    text_ += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            (text_ += '\\') += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            fmt::format_to(std::back_inserter(text_), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
            text_ += c;
        }
    }
    text_ += '"';
}

void JsonLog::value(ValueType type, Value value) {
    switch (type) {
        case ValueType::text:
            return quote(log_.text(value));
        case ValueType::integer:
            return append_number(text_, value.bits);
        case ValueType::real:
            return void(fmt::format_to(std::back_inserter(text_), "{}", value.real()));
        case ValueType::boolean:
            text_ += value.bits ? "true" : "false";
            return;
        case ValueType::time:
            text_ += '"';
            stamps_.append(text_, value.moment());
            text_ += '"';
    }
}

void JsonLog::attribute(const Attribute& attribute, Value value, const models::Time* at) {
    ((text_ += R"({"name":")") += attribute.name) += '"';
    if (at != nullptr) {
        text_ += R"(,"time":")";
        *at == sim::kNever ? void(text_ += kBeginning) : stamps_.append(text_, *at);
        text_ += '"';
    }
    text_ += R"(,"value":)";
    this->value(attribute.type, value);
    text_ += '}';
}

void JsonLog::relation(std::string_view id, Qualifier qualifier) {
    text_ += R"({"objectId":)";
    quote(id);
    ((text_ += R"(,"qualifier":")") += text_of(qualifier)) += R"("})";
}

void JsonLog::types(std::string_view name, std::span<const Declared> types) {
    ((text_ += '"') += name) += "\":[\n";
    bool first = true;
    for (const Declared& type : types) {
        next(first, ",\n");
        ((text_ += R"({"name":")") += type.name) += R"(","attributes":[)";
        bool first_attribute = true;
        for (const Attribute& attribute : type.attributes) {
            next(first_attribute, ",");
            ((text_ += R"({"name":")") += attribute.name) += R"(","type":")";
            (text_ += type_text(attribute.type)) += R"("})";
        }
        text_ += "]}";
    }
    text_ += "],\n";
}

void JsonLog::object(ObjectPlace place) {
    const ObjectLog::Object& one = log_.objects()[place];
    const Declared& type = object_types()[static_cast<std::size_t>(one.type)];
    text_ += R"({"id":)";
    quote(one.id);
    ((text_ += R"(,"type":")") += type.name) += R"(","attributes":[)";
    bool first = true;
    const auto values = log_.values(one);
    constexpr models::Time beginning = sim::kNever;
    for (std::size_t i = 0; i < values.size(); ++i) {
        next(first, ",");
        attribute(type.attributes[i], values[i], &beginning);
    }
    for (const ObjectLog::Change& change : log_.changes(place)) {
        next(first, ",");
        attribute(type.attributes[change.attribute], change.value, &change.at);
    }
    text_ += R"(],"relationships":[)";
    first = true;
    for (const ObjectLog::Link& link : log_.links(place)) {
        next(first, ",");
        relation(log_.objects()[link.target.object].id, link.target.qualifier);
    }
    text_ += "]}";
}

void JsonLog::event(std::size_t number) {
    const ObjectLog::Event& one = log_.events()[number];
    const Declared& type = event_types()[static_cast<std::size_t>(one.type)];
    text_ += R"({"id":"e)";
    append_number(text_, static_cast<std::int64_t>(number));
    ((text_ += R"(","type":")") += type.name) += R"(","time":")";
    stamps_.append(text_, one.at);
    text_ += R"(","attributes":[)";
    bool first = true;
    const auto values = log_.values(one);
    for (std::size_t i = 0; i < values.size(); ++i) {
        next(first, ",");
        attribute(type.attributes[i], values[i], nullptr);
    }
    text_ += R"(],"relationships":[)";
    first = true;
    for (const Relation& to : log_.relations(one)) {
        next(first, ",");
        relation(log_.objects()[to.object].id, to.qualifier);
    }
    text_ += "]}";
}

void JsonLog::write() {
    text_ += "{\n";
    types("objectTypes", object_types());
    types("eventTypes", event_types());
    text_ += "\"objects\":[\n";
    bool first = true;
    for (ObjectPlace place = 0; place < log_.objects().size(); ++place) {
        next(first, ",\n");
        object(place);
        hand_on(kPiece);
    }
    text_ += "],\n\"events\":[\n";
    first = true;
    for (std::size_t number = 0; number < log_.events().size(); ++number) {
        next(first, ",\n");
        event(number);
        hand_on(kPiece);
    }
    text_ += "]\n}\n";
    hand_on(0);
}

}  // namespace

void write_json(const ObjectLog& log, const Stamps& stamps, const std::function<void(std::string_view)>& piece) {
    JsonLog(log, stamps, piece).write();
}

}  // namespace entrepot::studies::evidence

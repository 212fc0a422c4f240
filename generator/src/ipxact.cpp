// SPDX-License-Identifier: Apache-2.0
/// handoff/<name>.xml: an IP-XACT component, IEEE 1685-2014.
#include <fmt/format.h>

#include <string_view>

#include "base/markup.hpp"
#include "base/version.hpp"
#include "generator/render.hpp"
#include "handoff.hpp"
#include "ports.hpp"
#include "register_entries.hpp"

namespace generator {

namespace {

/// Elements with their indentation.
class Writer {
  public:
    Writer& open(const std::string& tag) {
        line("<ipxact:" + tag + ">");
        tags_.push_back(tag);
        return *this;
    }
    Writer& close() {
        const std::string tag = tags_.back();
        tags_.pop_back();
        line("</ipxact:" + tag + ">");
        return *this;
    }
    Writer& leaf(const std::string& tag, const std::string& value) {
        line(fmt::format("<ipxact:{0}>{1}</ipxact:{0}>", tag, base::escape_markup(value)));
        return *this;
    }
    Writer& leaf(const std::string& tag, std::int64_t value) {
        return leaf(tag, std::to_string(value));
    }
    const std::string& text() const { return text_; }

  private:
    void line(const std::string& content) {
        text_ += std::string(2 * (tags_.size() + 1), ' ') + content + "\n";
    }
    std::vector<std::string> tags_;
    std::string text_;
};

std::string access_of(const RegisterEntry& e) { return e.writable ? "read-write" : "read-only"; }

/// `count` equal registers, one a word, from `offset` on.
void write_register(Writer& w, const RegisterEntry& e, int count, std::int64_t offset,
                    int word_bits) {
    w.open("register").leaf("name", e.name).leaf("description", e.doc);
    if (count > 1) w.leaf("dim", count);
    w.leaf("addressOffset", offset).leaf("size", word_bits).leaf("access", access_of(e));
    w.open("field").leaf("name", e.name).leaf("bitOffset", 0);
    if (e.reset) {
        const std::uint64_t mask = ~std::uint64_t{0} >> (64 - e.bits);
        const std::uint64_t value = static_cast<std::uint64_t>(*e.reset) & mask;
        w.open("resets").open("reset").leaf("value", fmt::format("{:#x}", value)).close().close();
    }
    w.leaf("bitWidth", e.bits);
    if (e.changes) w.leaf("volatile", std::string("true"));
    w.leaf("access", access_of(e));
    if (e.clears) w.leaf("modifiedWriteValue", std::string("oneToClear"));
    w.close().close();
}

/// A file of registers: an array of banks, of groups of rows, of registers.
void write_entry(Writer& w, const RegisterEntry& e, int word_bits) {
    if (e.per_bank == 0) return write_register(w, e, e.words, e.address, word_bits);
    const int last = e.per_group > 0 ? e.per_group : e.per_bank;
    w.open("registerFile").leaf("name", e.name + "_banks");
    if (e.words > e.per_bank) w.leaf("dim", e.words / e.per_bank);
    w.leaf("addressOffset", e.address).leaf("range", e.bank_stride);
    if (e.per_group > 0) {
        w.open("registerFile").leaf("name", e.name + "_groups");
        if (e.per_bank > e.per_group) w.leaf("dim", e.per_bank / e.per_group);
        w.leaf("addressOffset", 0).leaf("range", e.group_stride);
    }
    write_register(w, e, last, 0, word_bits);
    if (e.per_group > 0) w.close();
    w.close();
}

void write_memory_map(Writer& w, const Design& d) {
    w.open("memoryMaps").open("memoryMap").leaf("name", "cfg");
    w.leaf("description", "behind the configuration port; addresses count words");
    w.open("addressBlock").leaf("name", "registers").leaf("baseAddress", 0);
    w.leaf("range", std::int64_t{1} << d.port.addr_bits).leaf("width", d.port.data_bits);
    w.leaf("usage", "register");
    for (const RegisterEntry& e : register_entries(d)) write_entry(w, e, d.port.data_bits);
    w.close().leaf("addressUnitBits", d.port.data_bits).close().close();
}

void write_ports(Writer& w, const Design& d) {
    w.open("ports");
    for (const Port& port : macro_ports(d)) {
        w.open("port").leaf("name", port.name).open("wire");
        w.leaf("direction", port.input ? "in" : "out");
        if (port.vector) {
            w.open("vectors").open("vector").leaf("left", port.width - 1).leaf("right", 0);
            w.close().close();
        }
        w.close().close();
    }
    w.close();
}

struct View {
    std::string name;
    std::vector<std::string> files;
};

std::vector<View> views_of(const SourceLists& s) {
    std::vector<View> views = {{"simulation", s.rtl}, {"synthesis", s.rtl}};
    views[0].files.insert(views[0].files.end(), s.model.begin(), s.model.end());
    views[1].files.insert(views[1].files.end(), s.blackbox.begin(), s.blackbox.end());
    return views;
}

void write_model(Writer& w, const Design& d, const std::vector<View>& views) {
    w.open("model").open("views");
    for (const View& view : views) {
        w.open("view").leaf("name", view.name);
        w.leaf("componentInstantiationRef", view.name + "_rtl").close();
    }
    w.close().open("instantiations");
    for (const View& view : views) {
        w.open("componentInstantiation").leaf("name", view.name + "_rtl");
        w.leaf("language", "SystemVerilog").leaf("moduleName", d.config.name);
        w.open("fileSetRef").leaf("localName", view.name + "_files").close().close();
    }
    w.close();
    write_ports(w, d);
    w.close();
}

void write_files(Writer& w, const std::vector<View>& views) {
    w.open("fileSets");
    for (const View& view : views) {
        w.open("fileSet").leaf("name", view.name + "_files");
        for (const std::string& file : view.files) {
            w.open("file").leaf("name", "../" + file).leaf("fileType", "systemVerilogSource");
            w.close();
        }
        w.close();
    }
    w.close();
}

}  // namespace

base::OutFile ipxact_component(const Design& d, const SourceLists& sources) {
    Writer w;
    w.leaf("vendor", "cimrtl").leaf("library", "macros").leaf("name", d.config.name);
    w.leaf("version", std::string(base::version()));
    write_memory_map(w, d);
    const std::vector<View> views = views_of(sources);
    write_model(w, d, views);
    write_files(w, views);
    w.leaf("description", fmt::format("compute-in-memory macro, scheme {}; cimrtl {}, config {}",
                                      d.config.scheme(), base::version(), config_hash(d)));
    const std::string space = "http://www.accellera.org/XMLSchema/IPXACT/1685-2014";
    return {"handoff/" + d.config.name + ".xml",
            fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<ipxact:component xmlns:ipxact=\"{0}\"\n"
                        "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
                        "    xsi:schemaLocation=\"{0} {0}/index.xsd\">\n{1}</ipxact:component>\n",
                        space, w.text())};
}

}  // namespace generator

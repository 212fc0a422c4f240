#include "network/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/interrupt_mark.hpp"
#include "calibrate.hpp"
#include "checkpoint.hpp"
#include "layer_macros.hpp"
#include "layer_report.hpp"
#include "operands/npy.hpp"
#include "scoring.hpp"
#include "sim/run.hpp"

namespace network {

namespace {

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

class Session {
  public:
    explicit Session(const SessionOptions& o)
        : o_(o), file_(o.data, o.preparation), net_(prepare(read_model(o.model), file_.shape())) {
        threads_ = o.threads ? o.threads : std::max(1U, std::thread::hardware_concurrency());
        batch_ = o.batch ? o.batch : batch_images(net_);
    }

    Report run() {
        check();
        macros_ = load_layer_macros(o_, net_, digital_);
        map_layers();
        Report r = describe();
        if (o_.resume) restore(r);
        const base::InterruptMark interrupt;
        const double begin = now();
        double saved = begin;
        start_ = done_;
        while (done_ < file_.count() && !interrupt.set()) {
            step(r);
            show_progress(begin);
            if (!o_.out_dir.empty() && now() - saved > 20) {
                save(r);
                saved = now();
            }
        }
        r.interrupted = done_ < file_.count();
        r.done = done_;
        if (!r.interrupted && o_.chips > 1) run_chips(r, interrupt, begin);
        if (o_.progress) fmt::print(stderr, "\r\033[K");
        r.seconds = now() - begin;
        r.macro_seconds = 0;
        finish(r);
        if (r.interrupted && !o_.out_dir.empty()) save(r);
        return r;
    }

  private:
    void check() {
        if (net_.layers.empty()) {
            throw base::Error(fmt::format(
                "{}: error: found no layer for the macro; expected a Conv, Gemm or MatMul",
                o_.model));
        }
        classes_ = net_.classes();
        const bool indices =
            net_.types[static_cast<std::size_t>(net_.model.output)] != Type::f32 && classes_ == 1;
        if (!o_.labels.empty()) {
            labels_ = read_labels(o_.labels, file_.count(),
                                  indices ? std::numeric_limits<std::int32_t>::max() : classes_);
        }
        digital_ = digital_layers(o_, net_);
    }

    void map_layers() {
        std::optional<ImageFile> own;
        if (!o_.calibration.empty()) own.emplace(o_.calibration, o_.preparation);
        const ImageFile& file = own ? *own : file_;
        if (file.shape() != file_.shape()) {
            throw base::Error(fmt::format("{}: error: found images of shape {}; expected {}",
                                          o_.calibration, shape_text(file.shape()),
                                          shape_text(file_.shape())));
        }
        const std::size_t wanted = o_.calibrate.value_or(own ? file.count() : 64);
        const std::vector<Sample> samples =
            calibrate(net_, file, std::min(wanted, file.count()), threads_);
        for (const Layer& layer : net_.layers) {
            const auto n = static_cast<std::size_t>(layer.number);
            mapped_.push_back(digital_[n] ? nullptr
                                          : std::make_unique<MappedLayer>(net_, layer, macros_[n],
                                                                          samples[n], o_.mapping));
        }
    }

    Report describe() const {
        Report r;
        const generator::Config& c = macros_.front().design.config;
        r.model = std::filesystem::path(o_.model).filename();
        r.data = std::filesystem::path(o_.data).filename();
        r.graph = net_.model.graph;
        r.config = c.name;
        r.scheme = c.scheme();
        r.images = file_.count();
        r.classes = classes_;
        r.labelled = !o_.labels.empty();
        return r;
    }

    /// A batch: on the macro and in float.
    void step(Report& r) {
        const std::size_t count = std::min(batch_, file_.count() - done_);
        const std::vector<Tensor> images = file_.read(done_, count, net_.model.input_type);
        Execution real;
        real.threads = threads_;
        const std::vector<Tensor> reference = execute(net_, images, real);
        Execution macro;
        macro.threads = threads_;
        for (const auto& m : mapped_) macro.on_macro.push_back(m != nullptr);
        macro.run_layer = [&](const Layer& layer, std::span<const Tensor* const> inputs) {
            MappedLayer& m = *mapped_[static_cast<std::size_t>(layer.number)];
            if (done_ == 0 && o_.rtl_vectors > 0 && !rtl_.contains(layer.number))
                run_rtl(m, *inputs[0]);
            return m.run(inputs, done_, threads_);
        };
        const std::vector<Tensor> found = execute(net_, images, macro);
        for (std::size_t i = 0; i < count; ++i)
            score(r, found[i], reference[i], label_of(done_ + i));
        done_ += count;
    }

    /// Further chips: the same images with the seeds that follow. The layers' figures stay the
    /// first's.
    void run_chips(Report& r, const base::InterruptMark& interrupt, double begin) {
        std::vector<LayerTotals> first;
        for (const auto& m : mapped_) first.push_back(m ? m->totals() : LayerTotals{});
        const std::uint64_t seed = seed_of_first();
        r.chips.push_back({seed, r.top1, r.same});
        for (std::size_t c = 1; c < o_.chips && !interrupt.set(); ++c) {
            for (const auto& m : mapped_) {
                if (m) m->next_chip(static_cast<std::uint32_t>(seed + c));
            }
            Report own;
            own.classes = classes_;
            for (done_ = 0; done_ < file_.count() && !interrupt.set();) {
                step(own);
                show_progress(begin);
            }
            if (!interrupt.set()) r.chips.push_back({seed + c, own.top1, own.same});
        }
        done_ = file_.count();
        for (std::size_t n = 0; n < mapped_.size(); ++n) {
            if (mapped_[n]) mapped_[n]->totals() = first[n];
        }
    }

    std::uint64_t seed_of_first() const {
        for (const auto& m : mapped_) {
            if (m) return m->seed();
        }
        return 0;
    }

    std::optional<std::size_t> label_of(std::size_t image) const {
        if (labels_.empty()) return std::nullopt;
        return static_cast<std::size_t>(labels_[image]);
    }

    /// The first vectors of the first image on golden and RTL, every output compared.
    void run_rtl(MappedLayer& m, const Tensor& image) {
        RtlSum& sum = rtl_[m.layer().number];
        for (const golden::Operands& operands : m.first_vectors(image, o_.rtl_vectors)) {
            const sim::RunResult r =
                sim::run_macro(m.design(), operands, sim::Engine::both, o_.progress, m.settings());
            if (!r.mismatch.empty()) {
                throw base::Error(fmt::format("error: layer `{}`: golden and RTL differ\n{}",
                                              m.layer().name, r.mismatch));
            }
            sum.outputs += r.outputs.data.size();
            sum.cycles += r.cycles;
        }
    }

    void show_progress(double begin) const {
        if (!o_.progress) return;
        const double rate = static_cast<double>(done_ - start_) / std::max(now() - begin, 1e-9);
        const double left = static_cast<double>(file_.count() - done_) / std::max(rate, 1e-9);
        fmt::print(stderr, "\r\033[K{} of {} images, {:.1f} images/s, {:.0f} s left", done_,
                   file_.count(), rate, left);
        std::fflush(stderr);
    }

    void finish(Report& r) {
        r.done = done_;
        for (const Layer& layer : net_.layers) {
            const MappedLayer* mapped = mapped_[static_cast<std::size_t>(layer.number)].get();
            r.layers.push_back(report_layer(net_, layer, mapped));
            if (mapped) r.macro_seconds += mapped->totals().seconds;
            if (const auto rtl = rtl_.find(layer.number); rtl != rtl_.end()) {
                r.layers.back().rtl_outputs = rtl->second.outputs;
                r.layers.back().rtl_cycles = rtl->second.cycles;
            }
        }
        if (!r.interrupted && !o_.out_dir.empty()) write(r);
    }

    void write(const Report& r) const {
        namespace fs = std::filesystem;
        std::error_code failed;
        fs::create_directories(o_.out_dir, failed);
        if (failed)
            throw base::Error(
                fmt::format("{}: error: cannot be made: {}", o_.out_dir, failed.message()));
        const fs::path dir = o_.out_dir;
        const operands::Tensor<float> logits{{static_cast<std::size_t>(r.done), classes_},
                                             r.logits};
        base::write_together({{dir / "report.json", report_json(r)},
                              {dir / "report.md", report_markdown(r)},
                              {dir / "report.html", report_html(r)},
                              {dir / "logits.npy", operands::encode_npy(logits)}});
        remove_checkpoint(o_.out_dir);
    }

    void save(const Report& r) const {
        std::vector<LayerTotals> totals;
        for (const auto& m : mapped_) totals.push_back(m ? m->totals() : LayerTotals{});
        write_checkpoint(o_, r, totals, done_);
    }

    void restore(Report& r) {
        std::vector<LayerTotals> totals;
        done_ = read_checkpoint(o_, r, totals);
        for (std::size_t n = 0; n < totals.size(); ++n) {
            if (mapped_[n]) mapped_[n]->totals() = totals[n];
        }
    }

    struct RtlSum {
        std::uint64_t outputs = 0, cycles = 0;
    };

    const SessionOptions& o_;
    ImageFile file_;
    Network net_;
    unsigned threads_ = 1;
    std::size_t batch_ = 1, classes_ = 0, done_ = 0, start_ = 0;
    std::vector<std::int64_t> labels_;
    std::vector<bool> digital_;
    std::vector<LayerMacro> macros_;
    std::vector<std::unique_ptr<MappedLayer>> mapped_;
    std::map<int, RtlSum> rtl_;
};

}  // namespace

Report run_session(const SessionOptions& options) { return Session(options).run(); }

}  // namespace network

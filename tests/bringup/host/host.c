/* SPDX-License-Identifier: Apache-2.0
 * A host of macro.yaml in C99, by bringup.h alone. Bank 0 has all cells 1, bank 1 in column c those
 * of every (c + 1)-th row. ADC step 5/2, 4 bits: v rows have the code (2v + 2) / 5, 15 at most. */
#include "host.h"

#include <stdio.h>

#include "bringup.h"

enum { ROWS = 40, POLLS = 1000, LATENCY = 3 };

static int wrong = 0;

static void same(const char *what, long found, long expected) {
  if (found == expected) return;
  wrong++;
  printf("host: %s: found %ld, expected %ld\n", what, found, expected);
}

static int write_word(void *self, uint32_t address, macro_word data) {
  return port_write(self, address, data);
}
static int read_word(void *self, uint32_t address, macro_word *data) {
  uint64_t word = 0;
  const int failed = port_read(self, address, &word);
  *data = (macro_word)word;
  return failed;
}
static int no_bus(void *self, uint32_t address, macro_word *data) {
  (void)self, (void)address, (void)data;
  return 7;
}
static int nothing_there(void *self, uint32_t address, macro_word *data) {
  (void)self, (void)address;
  *data = 0;
  return 0;
}

static long ideal(unsigned bank, unsigned column, unsigned driven) {
  const unsigned v = bank ? driven / (column + 1) : driven;
  const long code = (2 * (long)v + 2) / 5;
  return code < 15 ? code : 15;
}

static void fill_banks(void) {
  unsigned char cells[MACRO_STEP_CODE_WORDS];
  unsigned bank, row, column;
  for (bank = 0; bank < 2; bank++) {
    for (row = 0; row < ROWS; row++) {
      for (column = 0; column < MACRO_STEP_CODE_WORDS; column++)
        cells[column] = !bank || (row + 1) % (column + 1) == 0;
      write_cells(bank, row, cells);
    }
  }
}

static void drive(const macro_bus *bus, unsigned driven) {
  uint32_t rows[MACRO_STEP_ROWS_WORDS] = {0};
  unsigned row;
  for (row = 0; row < driven; row++) rows[row / 32] |= (uint32_t)1 << row % 32;
  same("set_rows", macro_set_rows(bus, rows, 1), 0);
}

static void look_at_codes(const macro_bus *bus, unsigned bank, unsigned driven, unsigned out) {
  macro_code codes[MACRO_STEP_CODE_WORDS];
  unsigned c;
  drive(bus, driven);
  same("step", macro_step(bus, bank, POLLS), 0);
  same("read_codes", macro_read_codes(bus, codes), 0);
  for (c = 0; c < MACRO_STEP_CODE_WORDS; c++)
    same("code", codes[c], out >> c / 2 & 1 ? 0 : ideal(bank, c, driven));
}

static void transfer(const macro_bus *bus) {
  unsigned bank, driven, adc;
  macro_word word = 0;
  for (bank = 0; bank < 2; bank++) {
    for (driven = 1; driven <= ROWS; driven++) look_at_codes(bus, bank, driven, 0);
  }
  for (adc = 0; adc < MACRO_ADC_FLAGS_WORDS; adc++) {
    same("read_flags", macro_read_flags(bus, adc, &word), 0);
    same("flags", (long)word, MACRO_FLAG_CLIPPED);
    same("clear_flags", macro_clear_flags(bus, adc, MACRO_FLAG_CLIPPED), 0);
  }
  same("read_status", macro_read_status(bus, &word), 0);
  same("status", (long)word, 0);
}

static void masks(const macro_bus *bus) {
  same("mask", macro_set_mask(bus, 1, 1), 0);
  look_at_codes(bus, 0, 10, 1u << 1);
  same("unmask", macro_set_mask(bus, 1, 0), 0);
  look_at_codes(bus, 0, 10, 0);
}

static void refusals(const macro_bus *bus) {
  drive(bus, 0);
  same("no row", macro_step(bus, 0, POLLS), MACRO_BRINGUP_REFUSED);
  look_at_codes(bus, 0, 5, 0);
  drive(bus, 1);
  same("no poll", macro_step(bus, 0, 0), MACRO_BRINGUP_NO_END);
}

/* A time-out shorter than a conversion: all ADCs look dead. */
static void dead(const macro_bus *bus) {
  unsigned found = 9;
  macro_word word = 0;
  same("begin", macro_begin(bus, 4 * LATENCY), 0);
  same("find_dead", macro_find_dead(bus, 0, 1, POLLS, &found), 0);
  same("none is dead", found, 0);
  same("begin", macro_begin(bus, 1), 0);
  same("find_dead", macro_find_dead(bus, 0, 1, POLLS, &found), 0);
  same("all are dead", found, MACRO_ADC_FLAGS_WORDS);
  same("read_status", macro_read_status(bus, &word), 0);
  same("timed out", (long)(word & MACRO_STATUS_TIMED_OUT), MACRO_STATUS_TIMED_OUT);
  same("begin", macro_begin(bus, 4 * LATENCY), 0);
  for (found = 0; found < MACRO_ADC_FLAGS_WORDS; found++)
    same("unmask", macro_set_mask(bus, found, 0), 0);
  look_at_codes(bus, 0, 20, 0);
}

int bring_up(void) {
  const macro_bus bus = {write_word, read_word, 0}, cut = {write_word, no_bus, 0},
                  empty = {write_word, nothing_there, 0};
  same("a bus that fails", macro_begin(&cut, 1), 7);
  same("nothing there", macro_begin(&empty, 1), MACRO_BRINGUP_NOT_THERE);
  fill_banks();
  same("begin", macro_begin(&bus, 4 * LATENCY), 0);
  transfer(&bus);
  masks(&bus);
  refusals(&bus);
  dead(&bus);
  return wrong;
}

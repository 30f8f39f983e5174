#!/usr/bin/env bats
# Inputs that come packed, in archives of crawls, and by lists.
load helper

# make_warc [--gzip] FILE KIND…
make_warc() { $PYTHON "$BATS_TEST_DIRNAME/make-warc.py" "$@"; }

@test "gzip and Zstandard give the same graph as the plain file" {
	for kind in "harbour-strike.jsonl" "harbour-vote.html"; do
		cp "$DATA/$kind" .
		"$TIDINGS" -f nquads --date 2019-03-14 "$kind" >expected
		gzip -k "$kind"
		zstd -q "$kind"
		for f in "$kind.gz" "$kind.zst"; do
			tidings -f nquads --date 2019-03-14 "$f"
			exits 0
			diff expected - <<<"$output"
		done
	done
	"$TIDINGS" -f nquads --url http://example.org/a a.txt >expected
	gzip a.txt
	tidings -f nquads --url http://example.org/a a.txt.gz
	diff expected - <<<"$output"
	tidings -f nquads --url http://example.org/a - <a.txt.gz
	diff expected - <<<"$output"
}

@test "several gzip members and Zstandard frames are one file" {
	for i in 1 2 3; do printf '{"id": "%d", "text": "Police arrested %d men in Paris."}\n' $i $((i + 1)) >$i.jsonl; done
	cat [123].jsonl >all.jsonl
	"$TIDINGS" -f nquads all.jsonl >expected
	[ "$(grep -c NewsArticle expected)" -eq 3 ]
	for i in 1 2 3; do gzip -c $i.jsonl; done >all.jsonl.gz
	head -c 512 /dev/zero >>all.jsonl.gz
	for i in 1 2 3; do zstd -q -c $i.jsonl; done >all.jsonl.zst
	for f in all.jsonl.gz all.jsonl.zst; do "$TIDINGS" -f nquads $f | cmp expected -; done
}

@test "damaged packed files: the file and the byte are named, what came before is kept, the next file is read" {
	for i in $(seq 200); do echo "{\"id\": \"$i\", \"text\": \"Police arrested $i men in Paris. $RANDOM$RANDOM$RANDOM\"}"; done >all.jsonl
	gzip -c all.jsonl | head -c 1500 >cut.jsonl.gz
	zstd -q -c all.jsonl | head -c 1500 >cut.jsonl.zst
	for f in cut.jsonl.gz cut.jsonl.zst; do
		tidings -f nquads $f b.txt
		exits 1
		says "$f"
		says 'byte 1500'
		says 'cut off'
		[ "$(grep -c NewsArticle <<<"$output")" -ge 1 ]
	done
	printf '\x1f\x8b\x08\x00garbage garbage garbage' >bad.txt.gz
	tidings -f nquads bad.txt.gz b.txt
	exits 1
	says 'bad.txt.gz: byte '
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
}

@test "a small file that unpacks to a huge one is refused, in little memory" {
	head -c 300000000 /dev/zero | tr '\0' 'a' | gzip -1 >bomb.txt.gz
	tidings --max-bytes 1000000 bomb.txt.gz
	exits 1
	says 'bomb.txt.gz'
	says '1000000 bytes'
	[ "$(head -c 300000000 /dev/zero | tr '\0' ' ' | gzip -1 | (at_most_kb 2000000; "$TIDINGS" -f nquads --max-bytes 1000000 - 2>&1) | wc -l)" -eq 1 ]
}

@test "WARC: each page a document, with its address and the day of the crawl" {
	make_warc crawl.warc plain chunked gzip chunked+gzip deflate image missing
	tidings -v -f nquads crawl.warc
	exits 0
	[ "$(grep -c NewsArticle <<<"$output")" -eq 5 ]
	for k in plain chunked gzip chunked+gzip deflate; do
		prints "<http://example.org/$k> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/NewsArticle>"
		prints "<http://example.org/$k> <http://purl.org/dc/terms/issued> \"2019-03-14\""
	done
	[ "$(grep -c 'anchorOf> "Angela Merkel"' <<<"$output")" -eq 5 ]
	[[ $output != *missing* && $output != *image* ]]
	says '10 records without a page'
	make_warc --gzip crawl.warc.gz plain chunked gzip chunked+gzip deflate image missing
	"$TIDINGS" -f nquads crawl.warc.gz | diff - <(echo "$output")
	"$TIDINGS" -f nquads - <crawl.warc | diff - <(echo "$output")
}

@test "WARC: broken records are named by file and byte, and the others are read" {
	make_warc one.warc plain
	make_warc two.warc chunked
	{ cat one.warc; printf 'garbage\r\nmore of it\r\n\r\n'; printf 'WARC/1.0\r\nWARC-Type: response\r\n\r\n'; cat two.warc; } >broken.warc
	tidings -f nquads broken.warc
	exits 1
	says "broken.warc: byte $(wc -c <one.warc): a WARC record must begin here"
	says 'without a Content-Length'
	[ "$(grep -c NewsArticle <<<"$output")" -eq 2 ]
	head -c $(($(wc -c <two.warc) - 40)) two.warc >cut.warc
	tidings -f nquads cut.warc a.txt
	exits 1
	says cut.warc
	says 'ends too early'
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
	make_warc odd.warc brotli lying plain
	tidings -f nquads odd.warc
	exits 1
	says '"br"'
	[ "$(grep -c NewsArticle <<<"$output")" -eq 2 ]
}

@test "--files-from: a list of paths, from a file or standard input" {
	mkdir news
	cp c.txt news
	"$TIDINGS" -f nquads a.txt b.txt news >expected
	printf 'a.txt\n\nb.txt\r\nnews\n' >list
	"$TIDINGS" -f nquads --files-from list | cmp expected -
	"$TIDINGS" -f nquads --files-from - <list | cmp expected -
	printf 'b.txt\nnews\n' | "$TIDINGS" -f nquads --files-from - a.txt | cmp expected -
	gzip list
	[ "$("$TIDINGS" annotate --files-from list.gz | grep -c "^# newdoc")" -eq 3 ]
	tidings --files-from missing
	exits 1
	says missing
	printf 'a.txt\nnowhere.txt\n' >list
	tidings -f nquads --files-from list
	exits 1
	says nowhere.txt
	[ "$(grep -c NewsArticle <<<"$output")" -eq 1 ]
	tidings --files-from - - <list
	exits 2
}

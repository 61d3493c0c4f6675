// go run mint.go KID PUBLIC_KEY_FILE < claims.json
package main

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/go-jose/go-jose/v4"
)

func mint(kid, keyFile string, claims []byte) (string, error) {
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return "", err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return "", fmt.Errorf("%s holds no key", keyFile)
	}
	publicKey, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return "", err
	}
	options := (&jose.EncrypterOptions{Compression: jose.DEFLATE}).WithType("JWT")
	recipient := jose.Recipient{Algorithm: jose.RSA_OAEP_256, Key: publicKey, KeyID: kid}
	encrypter, err := jose.NewEncrypter(jose.A128GCM, recipient, options)
	if err != nil {
		return "", err
	}
	token, err := encrypter.Encrypt(claims)
	if err != nil {
		return "", err
	}
	return token.CompactSerialize()
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: mint KID PUBLIC_KEY_FILE < claims.json")
	}
	claims, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	token, err := mint(os.Args[1], os.Args[2], claims)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token)
}
